package org.spillway.report.parcel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Opens one parcel: a mail with its parts, or a bare file, and archives in either. */
final class Opener {
  private final ParcelLimits limits;
  private final Unpacker unpacker;
  private final List<Item> items = new ArrayList<>();

  Opener(ParcelLimits limits) {
    this.limits = limits;
    unpacker = new Unpacker(limits);
  }

  Parcel open(byte[] bytes) {
    Item bare = Item.of("", "", bytes);
    if (bytes.length == 0) {
      return new Parcel.Refused("empty");
    }
    boolean file =
        Unpacker.isArchive(bytes) || bare.kind() == Item.Kind.XML || bare.kind() == Item.Kind.JSON;
    String subject = "";
    List<Item> packed = List.of(bare);
    if (!file) {
      MailReader mail = new MailReader(bytes, limits.mostItems());
      if (!mail.isMail()) {
        return new Parcel.Refused("neither a mail nor XML, JSON, gzip or zip");
      }
      packed = mail.items();
      subject = mail.subject();
    }
    for (Item item : packed) {
      Optional<String> refused = unpack(item);
      if (refused.isPresent()) {
        return new Parcel.Refused(refused.get());
      }
    }
    return new Parcel.Opened(subject, items, unpacker.remarks());
  }

  private Optional<String> unpack(Item item) {
    if (!Unpacker.isArchive(item.bytes())) {
      items.add(item);
      return Optional.empty();
    }
    return switch (unpacker.unpack(item)) {
      case Unpacker.Inside(List<Item> inside) -> {
        items.addAll(inside);
        yield Optional.empty();
      }
      case Unpacker.Refused(String why) -> Optional.of(why);
    };
  }
}
