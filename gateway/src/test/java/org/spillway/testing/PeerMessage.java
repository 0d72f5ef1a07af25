package org.spillway.testing;

import java.util.List;

/**
 * One message that it took.
 *
 * @param mail the MAIL line
 * @param rcpts the RCPT lines that it accepted
 * @param content as it was before dot-stuffing, one byte a character
 * @param secured true when it came over TLS
 * @param connection which connection brought it, from 1
 */
public record PeerMessage(
    String mail, List<String> rcpts, String content, boolean secured, int connection) {
  /** The addresses of the RCPT lines. */
  public List<String> recipients() {
    return rcpts.stream().map(r -> r.replaceFirst("(?i)RCPT TO:<(.*)>.*", "$1")).toList();
  }
}
