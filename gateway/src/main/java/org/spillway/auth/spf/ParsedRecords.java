package org.spillway.auth.spf;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Records that were read lately, by their text: most mail comes from few domains. */
final class ParsedRecords {
  private static final int LONGEST = 2048; // longer ones are rare, and read each time

  private final int most;
  private volatile Map<String, SpfRecord.Parsed> young = new ConcurrentHashMap<>();
  private volatile Map<String, SpfRecord.Parsed> old = Map.of();

  /** Keeps at most so many, the half of them used lately. */
  ParsedRecords(int most) {
    this.most = most;
  }

  SpfRecord.Parsed read(String text) {
    SpfRecord.Parsed known = young.get(text);
    if (known != null) {
      return known;
    }
    SpfRecord.Parsed before = old.get(text);
    SpfRecord.Parsed parsed = before != null ? before : SpfRecord.parse(text);
    if (text.length() <= LONGEST && most > 1) {
      keep(text, parsed);
    }
    return parsed;
  }

  private void keep(String text, SpfRecord.Parsed parsed) {
    if (young.size() >= most / 2) {
      turn();
    }
    young.put(text, parsed);
  }

  private synchronized void turn() {
    if (young.size() >= most / 2) {
      old = young;
      young = new ConcurrentHashMap<>();
    }
  }
}
