package org.spillway.report.dmarc;

import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.spillway.report.dmarc.AggregateReport.Metadata;
import org.spillway.report.dmarc.AggregateReport.PolicyPublished;
import org.spillway.report.dmarc.AggregateReport.Row;

/**
 * Reads the XML of an aggregate report as it really comes: any namespace, any order, missing and
 * unknown elements. One record is held as elements at a time; a document type, and with it every
 * entity, is refused. When the XML breaks, what was read until then is kept.
 */
final class AggregateReader {
  private static final int DEEPEST = 32;
  private static final int MOST_ROWS = 200_000;
  private static final int MOST_ELEMENTS = 20_000;
  private static final int LONGEST_TEXT = 4_096;
  private static final XMLInputFactory FACTORY = factory();

  private final List<String> remarks = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();
  private final RowReader rowReader = new RowReader(remarks);
  private final Deque<Elements> open = new ArrayDeque<>();
  private Elements feedback = new Elements("");
  private int elements;
  private int elementsBeforeRecord;

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    return factory;
  }

  /** What came of it. */
  sealed interface Read {}

  /**
   * A report.
   *
   * @param broken where the XML ended too early; empty when it was whole
   */
  record Report(AggregateReport report, List<String> remarks, Optional<String> broken)
      implements Read {}

  /**
   * Nothing that can be used.
   *
   * @param hostile entities, or too much of something: not to be tried again
   */
  record Nothing(String why, boolean hostile) implements Read {}

  Read read(String xml) {
    Optional<String> broken = Optional.empty();
    try {
      XMLStreamReader in = FACTORY.createXMLStreamReader(new StringReader(xml));
      while (in.hasNext()) {
        event(in, in.next());
      }
    } catch (Refused refused) {
      return new Nothing(refused.getMessage(), true);
    } catch (XMLStreamException | RuntimeException fault) {
      broken = Optional.of("XML: " + oneLine(fault)); // the parser itself throws either
    }
    return result(broken);
  }

  /** The parser puts the place in the first line and the complaint in the second. */
  private static String oneLine(Exception fault) {
    String message = String.valueOf(fault.getMessage());
    List<String> lines = message.lines().limit(2).toList();
    return String.join(" ", lines).replaceAll("[^ -~]", "?");
  }

  private void event(XMLStreamReader in, int event) throws Refused {
    switch (event) {
      case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
          throw new Refused("holds a document type or an entity");
      case XMLStreamConstants.START_ELEMENT -> start(local(in.getLocalName()));
      case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
        if (!open.isEmpty()) {
          open.peek().add(in.getText(), LONGEST_TEXT);
        }
      }
      case XMLStreamConstants.END_ELEMENT -> end();
      default -> {}
    }
  }

  private static String local(String name) {
    return name.substring(name.indexOf(':') + 1);
  }

  private void start(String name) throws Refused {
    if (open.size() == DEEPEST) {
      throw new Refused("nested more than " + DEEPEST + " deep");
    }
    if (++elements > MOST_ELEMENTS) {
      throw new Refused("more than " + MOST_ELEMENTS + " elements in a record or beside records");
    }
    if (name.equals("record") && open.peek() == feedback) {
      elementsBeforeRecord = elements;
    }
    Elements element = new Elements(name);
    if (name.equals("feedback") && feedback.name().isEmpty()) {
      feedback = element;
    }
    open.push(element);
  }

  /** A record becomes a row at once; all else is kept with its parent. */
  private void end() throws Refused {
    Elements ended = open.pop();
    boolean inside = !open.isEmpty() && open.peek() == feedback;
    if (inside && ended.name().equals("record")) {
      if (rows.size() == MOST_ROWS) {
        throw new Refused("more than " + MOST_ROWS + " records");
      }
      rowReader.read(ended).ifPresent(rows::add);
      elements = elementsBeforeRecord - 1; // it is not kept
    } else if (!open.isEmpty()) {
      open.peek().add(ended);
    }
  }

  private Read result(Optional<String> broken) {
    if (feedback.name().isEmpty()) {
      return new Nothing(broken.orElse("no feedback element"), false);
    }
    Elements metadata = feedback.child("report_metadata");
    Elements published = feedback.child("policy_published");
    if (published.text("domain").isEmpty()) {
      return new Nothing(broken.orElse("no policy domain"), false);
    }
    if (rows.isEmpty()) {
      return new Nothing(broken.orElse("no record"), false);
    }
    Elements range = metadata.child("date_range");
    Instant begin = instant(range.text("begin"), "begin");
    Metadata about =
        new Metadata(
            metadata.text("org_name"),
            metadata.text("email"),
            metadata.text("extra_contact_info"),
            metadata.text("report_id"),
            begin,
            instant(range.text("end"), "end"),
            metadata.all("error").stream().map(Elements::text).limit(20).toList(),
            metadata.text("generator"));
    AggregateReport report =
        new AggregateReport(feedback.text("version"), about, policy(published), rows);
    return new Report(report, remarks.stream().distinct().toList(), broken);
  }

  private static PolicyPublished policy(Elements policy) {
    return new PolicyPublished(
        RowReader.lower(policy.text("domain")),
        RowReader.lower(policy.text("p")),
        RowReader.lower(policy.text("sp")),
        RowReader.lower(policy.text("np")),
        RowReader.lower(policy.text("adkim")),
        RowReader.lower(policy.text("aspf")),
        policy.text("fo"),
        RowReader.lower(policy.text("testing")),
        RowReader.lower(policy.text("discovery_method")),
        policy.text("pct"));
  }

  /** Seconds since 1970, a fraction cut off; 1970 itself when unreadable. */
  private Instant instant(String text, String which) {
    String whole = text.split("\\.", 2)[0];
    if (!whole.matches("[0-9]{1,11}")) {
      remarks.add("date_range has no readable " + which);
      return Instant.EPOCH;
    }
    return Instant.ofEpochSecond(Long.parseLong(whole));
  }

  /** A limit was passed. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String why) {
      super(why);
    }
  }
}
