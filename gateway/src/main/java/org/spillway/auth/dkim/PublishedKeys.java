package org.spillway.auth.dkim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.spillway.dns.Answer;
import org.spillway.dns.Dns;
import org.spillway.mail.Domain;

/**
 * The keys that domains publish, asked from the DNS each time; what was read of a record's text is
 * kept, so that a known key is not read again. For any number of threads.
 */
public final class PublishedKeys {
  /** What the DNS holds for a selector. */
  public sealed interface Found {
    /** One or more keys, at most {@value #MAX_KEYS}. */
    record Keys(List<DkimKey> keys) implements Found {}

    /** None, with the cause. */
    record None(DkimCause cause, String detail) implements Found {}
  }

  private static final int MAX_KEYS = 4;
  private static final int KEPT = 2_000;

  private final SignatureEngine engine;
  private final Map<String, DkimKey.Reading> read =
      new LinkedHashMap<>(256, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, DkimKey.Reading> eldest) {
          return size() > KEPT;
        }
      };

  /** Keeps what at most 2,000 records said. */
  public PublishedKeys(SignatureEngine engine) {
    this.engine = engine;
  }

  /** Where signatures by these keys are verified. */
  public SignatureEngine engine() {
    return engine;
  }

  /** Asks for the keys of a selector (RFC 6376 §3.6.2, §6.1.2). */
  public Found find(Dns dns, Domain domain, String selector) {
    String name = selector + "._domainkey." + domain.name();
    return switch (dns.txt(name)) {
      case Answer.Found<String>(List<String> records, boolean _) -> found(records);
      case Answer.Absent<String> _ -> new Found.None(DkimCause.NO_KEY, name);
      case Answer.Failed<String>(String why) -> new Found.None(DkimCause.DNS, why);
    };
  }

  /** RFC 6376 §6.1.2 item 4: of several records each that can be read may be tried. */
  private Found found(List<String> records) {
    List<DkimKey> keys =
        records.stream()
            .limit(MAX_KEYS)
            .map(this::parsed)
            .filter(DkimKey.Reading.Good.class::isInstance)
            .map(good -> ((DkimKey.Reading.Good) good).key())
            .toList();
    if (!keys.isEmpty()) {
      return new Found.Keys(keys);
    }
    for (String record : records) {
      if (parsed(record) instanceof DkimKey.Reading.Bad(DkimCause cause, String detail)) {
        return new Found.None(cause, detail);
      }
    }
    return new Found.None(DkimCause.NO_KEY, "no record");
  }

  private DkimKey.Reading parsed(String record) {
    synchronized (read) {
      DkimKey.Reading known = read.get(record);
      if (known != null) {
        return known;
      }
    }
    DkimKey.Reading fresh = DkimKey.parse(record, engine);
    synchronized (read) {
      read.put(record, fresh);
    }
    return fresh;
  }
}
