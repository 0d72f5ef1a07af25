package org.spillway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.spillway.control.Traces;
import org.spillway.store.Trace;
import org.spillway.store.TraceQuery;
import org.spillway.store.Tracking;

/** The tracking database, as control asks it. */
final class TraceLookup implements Traces {
  private final Tracking tracking;

  TraceLookup(Tracking tracking) {
    this.tracking = tracking;
  }

  @Override
  public List<TraceView> find(TraceFilter filter) {
    TraceQuery query =
        new TraceQuery(
            filter.id(),
            filter.from(),
            filter.to(),
            filter.since(),
            Optional.empty(),
            filter.limit());
    try {
      return tracking.find(query).stream().map(TraceLookup::view).toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static TraceView view(Trace trace) {
    return new TraceView(
        trace.summary().id(),
        trace.summary().from(),
        trace.recipients().stream().map(Trace.RecipientTrace::address).toList(),
        trace.events());
  }
}
