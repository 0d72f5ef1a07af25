package org.spillway.guard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.spillway.guard.Sign.Where;
import org.spillway.mail.Address;
import org.spillway.mail.Arrival;
import org.spillway.mail.Message;
import org.spillway.mail.ReversePath;

/** Strangers that claim addresses of ours, and users that claim each other's. */
final class OwnAddresses {
  private OwnAddresses() {}

  /** A stranger's MAIL FROM. */
  static Optional<Sign> envelope(Ground ground, ReversePath from) {
    return ground.settings().ownDomains().envelope() == Action.OFF || from.isNull()
        ? Optional.empty()
        : claim(ground, Where.MAIL_FROM, List.of(from.address().get()));
  }

  /** A stranger's From. */
  static Optional<Sign> header(Ground ground, Message message) {
    return ground.settings().ownDomains().header() == Action.OFF
        ? Optional.empty()
        : claim(ground, Where.HEADER_FROM, from(message).addresses());
  }

  private static Optional<Sign> claim(Ground ground, Where where, List<Address> addresses) {
    for (Address address : addresses) {
      if (ground.home().isOurs(address.domain())) {
        return Optional.of(new Sign.Claim(where, address));
      }
    }
    return Optional.empty();
  }

  /** A user's MAIL FROM; {@code <>} is everybody's, for receipts (RFC 8098 §3). */
  static Optional<Sign> envelopeOfUser(Ground ground, Arrival arrival, ReversePath from) {
    return ground.senders().isEmpty() || from.isNull()
        ? Optional.empty()
        : theirs(ground, arrival, Where.MAIL_FROM, List.of(from.address().get()));
  }

  /** A user's From: each address of it must be his, and all must be readable. */
  static Optional<Sign> headerOfUser(Ground ground, Message message) {
    if (ground.senders().isEmpty()) {
      return Optional.empty();
    }
    FromField from = from(message);
    String user = message.arrival().user().orElseThrow();
    return from.unreadable()
        ? Optional.of(new Sign.NotTheirs(Where.HEADER_FROM, user, ""))
        : theirs(ground, message.arrival(), Where.HEADER_FROM, from.addresses());
  }

  private static Optional<Sign> theirs(
      Ground ground, Arrival arrival, Where where, List<Address> addresses) {
    String user = arrival.user().orElseThrow();
    SenderMap map = ground.senders().orElseThrow();
    return addresses.stream()
        .filter(address -> !map.mayUse(user, address))
        .findFirst()
        .map(address -> new Sign.NotTheirs(where, user, address.toString()));
  }

  private static FromField from(Message message) {
    try (InputStream in = message.content().open()) {
      return FromField.read(in, message.facts().headerBytes());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken); // our own disk: the admission defers
    }
  }
}
