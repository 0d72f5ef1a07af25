package org.spillway.guard.dnslist;

import java.util.List;

/**
 * One list in the DNS.
 *
 * @param zone its name, for example {@code zen.spamhaus.org}
 * @param weight what being listed adds to the score; below 0 for a list that vouches
 * @param codes the answers that count; every answer when empty
 */
public record DnsList(String zone, int weight, List<CodeMask> codes) {
  public DnsList {
    codes = List.copyOf(codes.isEmpty() ? List.of(CodeMask.ANY) : codes);
  }
}
