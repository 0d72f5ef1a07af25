package org.spillway.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.spillway.guard.FileSenderMap;
import org.spillway.guard.list.ListLine;
import org.spillway.mail.Address;
import org.spillway.mail.Domain;

/** Files with one thing a line: each bad line is told with its own file, line and column. */
final class LineFiles {
  private static final int MOST_TOLD = 20;
  private static final Pattern ACCOUNT =
      Pattern.compile(
          "[^:\\s\\p{Cntrl}]+:pbkdf2-sha256:[0-9]{1,8}:[A-Za-z0-9+/]+=*:[A-Za-z0-9+/]+=*");

  private final Reading reading;

  LineFiles(Reading reading) {
    this.reading = reading;
  }

  private record Fault(int column, String what, String mend) {}

  /** Recipients of a domain: an address or local part a line. */
  void recipients(Path file, String text, Domain domain) {
    each(file, text.replaceAll("#.*", ""), line -> recipient(line, domain));
  }

  private static Optional<Fault> recipient(String line, Domain domain) {
    boolean whole = line.contains("@") && !line.endsWith("\"");
    Optional<Address> address = Address.parse(whole ? line : line + "@" + domain.name());
    if (address.isEmpty()) {
      return fault(
          1,
          Quoted.of(line) + " is neither a mail address nor a local part",
          "write for example alice, or alice@" + domain);
    }
    return address.get().domain().equals(domain)
        ? Optional.empty()
        : fault(
            line.lastIndexOf('@') + 2,
            Quoted.of(line) + " is not in " + domain,
            "move it to the file of its own domain");
  }

  /** Accounts: {@code name:pbkdf2-sha256:iterations:salt:hash} a line. No part is ever shown. */
  void accounts(Path file, String text) {
    each(file, text, LineFiles::account);
  }

  private static Optional<Fault> account(String line) {
    return ACCOUNT.matcher(line).matches()
        ? Optional.empty()
        : fault(
            1, "the line is not name:pbkdf2-sha256:iterations:salt:hash", "use spillway passwd");
  }

  /** The allow and deny lists: {@code SIDE SUBJECT UNTIL OWNER REASON} a line. */
  void accessList(Path file, String text) {
    each(
        file,
        text,
        line ->
            switch (ListLine.parse(line)) {
              case ListLine.Good _, ListLine.Nothing _ -> Optional.empty();
              case ListLine.Bad(int column, String why) ->
                  fault(column, why, "write for example deny 192.0.2.0/24 never alice why");
            });
  }

  /** Which user may send as whom: {@code USER: ADDRESS, ADDRESS} a line. */
  void senders(Path file, String text) {
    each(
        file,
        text,
        line ->
            FileSenderMap.fault(line)
                .flatMap(why -> fault(1, why, "write for example alice: alice@example.com")));
  }

  private static Optional<Fault> fault(int column, String what, String mend) {
    return Optional.of(new Fault(column, what, mend));
  }

  private void each(Path file, String text, Function<String, Optional<Fault>> check) {
    List<String> lines = text.lines().toList();
    int told = 0;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      Optional<Fault> fault =
          line.isEmpty() || line.startsWith("#") ? Optional.empty() : check.apply(line);
      if (fault.isPresent() && ++told <= MOST_TOLD) {
        int indent = lines.get(i).indexOf(line);
        Place place = new Place(i + 1, indent + fault.get().column());
        reading.problemIn(file, place, fault.get().what(), fault.get().mend());
      }
    }
    if (told > MOST_TOLD) {
      String more = (told - MOST_TOLD) + " more lines like those above are bad";
      reading.problemIn(file, new Place(lines.size(), 1), more, "mend them too");
    }
  }
}
