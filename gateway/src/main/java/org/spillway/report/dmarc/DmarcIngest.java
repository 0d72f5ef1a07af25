package org.spillway.report.dmarc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.spillway.report.parcel.Item;
import org.spillway.report.parcel.Parcel;
import org.spillway.report.parcel.ParcelLimits;

/**
 * Takes in the DMARC reports that others send about our domains. Never throws; a damaged report is
 * read as far as it can be, and its remarks say how far.
 */
public final class DmarcIngest {
  private static final int DEEPEST = 3;

  private final ParcelLimits limits;

  /**
   * Takes in reports.
   *
   * @param limits for what is attached to an attached message
   */
  public DmarcIngest(ParcelLimits limits) {
    this.limits = limits;
  }

  /** Every report in a parcel, at least one outcome. */
  public List<Ingested> read(Parcel parcel) {
    return read(parcel, 1);
  }

  private List<Ingested> read(Parcel parcel, int depth) {
    return switch (parcel) {
      case Parcel.Refused(String why) -> List.of(new Ingested.Refused(why));
      case Parcel.Opened opened -> opened(opened, depth);
    };
  }

  private List<Ingested> opened(Parcel.Opened opened, int depth) {
    List<Ingested> outcomes = new ArrayList<>();
    for (Item item : opened.items()) {
      if (item.kind() == Item.Kind.XML) {
        outcomes.add(aggregate(item, opened.remarks()));
      }
    }
    if (outcomes.isEmpty()) {
      FailureReader.read(opened.items()).ifPresent(outcomes::add);
    }
    if (outcomes.isEmpty() && depth < DEEPEST) {
      opened.items().stream()
          .filter(item -> item.type().equals("message/rfc822"))
          .forEach(item -> outcomes.addAll(read(Parcel.open(item.bytes(), limits), depth + 1)));
    }
    if (outcomes.isEmpty()) {
      outcomes.add(new Ingested.Refused("holds no report"));
    }
    return outcomes;
  }

  /** First as it is; where that breaks, once more repaired, and the better of the two counts. */
  private static Ingested aggregate(Item item, List<String> remarks) {
    List<String> said = new ArrayList<>(remarks);
    String xml = XmlRepair.decode(item.bytes(), said);
    AggregateReader.Read first = new AggregateReader().read(xml);
    Optional<String> fault = fault(first);
    if (fault.isEmpty()) {
      return ingested(first, said);
    }
    AggregateReader.Read second = new AggregateReader().read(XmlRepair.repair(xml));
    said.add(Ingested.printable(fault.get()));
    return ingested(rows(second) >= rows(first) ? second : first, said);
  }

  private static Optional<String> fault(AggregateReader.Read read) {
    return switch (read) {
      case AggregateReader.Report report -> report.broken();
      case AggregateReader.Nothing(String why, boolean hostile) ->
          hostile ? Optional.empty() : Optional.of(why);
    };
  }

  private static int rows(AggregateReader.Read read) {
    return switch (read) {
      case AggregateReader.Report report -> report.report().rows().size();
      case AggregateReader.Nothing _ -> 0;
    };
  }

  private static Ingested ingested(AggregateReader.Read read, List<String> said) {
    return switch (read) {
      case AggregateReader.Report report -> {
        said.addAll(report.remarks());
        report.broken().ifPresent(why -> said.add("cut off: " + Ingested.printable(why)));
        yield new Ingested.Aggregate(report.report(), said.stream().distinct().toList());
      }
      case AggregateReader.Nothing nothing ->
          new Ingested.Refused(Ingested.printable(nothing.why()));
    };
  }
}
