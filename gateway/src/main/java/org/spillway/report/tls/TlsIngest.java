package org.spillway.report.tls;

import java.util.ArrayList;
import java.util.List;
import org.spillway.report.parcel.Item;
import org.spillway.report.parcel.Parcel;

/** Takes in the TLS reports that others send about our domains (RFC 8460 §5). Never throws. */
public final class TlsIngest {
  private TlsIngest() {}

  /** What a report that somebody sent us turned out to be. */
  public sealed interface Outcome {}

  /**
   * A report.
   *
   * @param remarks what did not fit; empty when it was sound
   */
  public record Taken(TlsReport report, List<String> remarks) implements Outcome {
    public Taken {
      remarks = List.copyOf(remarks);
    }
  }

  /** Nothing that can be used. */
  public record Refused(String why) implements Outcome {}

  /** Every report in a parcel, at least one outcome. */
  public static List<Outcome> read(Parcel parcel) {
    return switch (parcel) {
      case Parcel.Refused(String why) -> List.of(new Refused(why));
      case Parcel.Opened opened -> read(opened);
    };
  }

  private static List<Outcome> read(Parcel.Opened opened) {
    List<Outcome> outcomes = new ArrayList<>();
    for (Item item : opened.items()) {
      if (item.kind() == Item.Kind.JSON) {
        outcomes.add(with(opened.remarks(), TlsReportReader.read(withoutMark(item.text()))));
      }
    }
    return outcomes.isEmpty() ? List.of(new Refused("holds no TLS report")) : outcomes;
  }

  private static String withoutMark(String text) {
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  private static Outcome with(List<String> remarks, Outcome outcome) {
    return switch (outcome) {
      case Refused refused -> refused;
      case Taken(TlsReport report, List<String> more) -> {
        List<String> all = new ArrayList<>(remarks);
        all.addAll(more);
        yield new Taken(report, all);
      }
    };
  }
}
