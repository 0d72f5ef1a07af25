package org.spillway.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.spillway.guard.dnslist.Standing;

/**
 * What the DNS says of a client, each part only once it was asked for.
 *
 * @param lists of the lists in the DNS
 * @param reverse of its name
 */
record Stranger(Optional<Standing> lists, Optional<ReverseNames.Name> reverse) {
  /** Nothing was asked. */
  static final Stranger UNKNOWN = new Stranger(Optional.empty(), Optional.empty());

  Stranger with(Standing standing) {
    return new Stranger(Optional.of(standing), reverse);
  }

  Stranger with(ReverseNames.Name name) {
    return new Stranger(lists, Optional.of(name));
  }

  boolean isVouchedFor() {
    return lists.filter(Standing::isVouchedFor).isPresent();
  }

  /** True when somebody warns of it, or its address has no name that leads back. */
  boolean isSuspicious() {
    if (isVouchedFor()) {
      return false;
    }
    boolean nameless =
        reverse
            .filter(
                name ->
                    switch (name) {
                      case ReverseNames.Name.Missing _, ReverseNames.Name.Unconfirmed _ -> true;
                      case ReverseNames.Name.Confirmed _, ReverseNames.Name.Unknown _ -> false;
                    })
            .isPresent();
    return nameless || lists.filter(standing -> standing.score() > 0).isPresent();
  }

  /** What there is to say of it. */
  List<Sign> signs() {
    List<Sign> signs = new ArrayList<>(2);
    lists
        .filter(standing -> !standing.listed().isEmpty() || !standing.broken().isEmpty())
        .ifPresent(standing -> signs.add(new Sign.DnsListed(standing)));
    reverse.ifPresent(name -> signs.add(new Sign.Reverse(name)));
    return signs;
  }
}
