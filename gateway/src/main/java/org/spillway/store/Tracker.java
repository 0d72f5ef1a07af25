package org.spillway.store;

/** Takes trace events off the hot path; never blocks and never fails its caller. */
public interface Tracker extends AutoCloseable {
  /** Takes an event; when the store is behind the event is counted as dropped, not waited for. */
  void track(TraceEvent event);

  @Override
  void close();
}
