package org.spillway.auth.spf;

import java.time.InstantSource;

/**
 * The values of the macro letters (RFC 7208 §7.2).
 *
 * @param subject who is checked
 * @param domain whose record is evaluated
 * @param pointers the client's names, asked for only where {@code %{p}} is used
 * @param host our own name
 * @param clock for {@code %{t}}
 */
record MacroValues(
    Subject subject, String domain, Pointers pointers, String host, InstantSource clock) {

  String value(char letter) {
    return switch (letter) {
      case 's' -> subject.sender();
      case 'l' -> subject.local();
      case 'o' -> subject.domain();
      case 'd' -> domain;
      case 'i' -> subject.bits().dotted();
      case 'p' -> pointers.best(domain);
      case 'v' -> subject.bits().four() ? "in-addr" : "ip6";
      case 'h' -> subject.helo();
      case 'c' -> subject.bits().readable();
      case 'r' -> host.isEmpty() ? "unknown" : host;
      case 't' -> Long.toString(clock.instant().getEpochSecond());
      default -> throw new IllegalStateException("the reader let " + letter + " pass");
    };
  }
}
