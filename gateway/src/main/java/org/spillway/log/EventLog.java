package org.spillway.log;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * One structured line for each event, with its keys in the order in which they are put. Values are
 * escaped here; secrets must not come here at all. May be called from any thread.
 */
public final class EventLog {
  private final LineSink sink;
  private final LogForm form;
  private final InstantSource clock;
  private volatile Stamp stamp = Stamp.of(Instant.EPOCH);

  /** Lines of one form into a sink. */
  public EventLog(LineSink sink, LogForm form, InstantSource clock) {
    this.sink = sink;
    this.form = form;
    this.clock = clock;
  }

  /** Begins the line of an event, for example {@code disposition}; nothing is written yet. */
  public Line line(String event) {
    Line line = open();
    return line.put("event", event);
  }

  /** Begins a line that carries only its time. */
  Line open() {
    return new Line().put("time", time(clock.instant()));
  }

  /** The instant to the millisecond as {@code 2026-11-24T05:41:29.123Z}. */
  private String time(Instant at) {
    Stamp last = stamp;
    if (last.second != at.getEpochSecond()) {
      last = Stamp.of(at);
      stamp = last;
    }
    int millis = at.getNano() / 1_000_000;
    String digits = millis < 10 ? "00" : millis < 100 ? "0" : "";
    return last.text + digits + millis + "Z";
  }

  /** The text of a second, made once for all lines in it. */
  private record Stamp(long second, String text) {
    static Stamp of(Instant at) {
      String whole = at.truncatedTo(ChronoUnit.SECONDS).toString();
      return new Stamp(at.getEpochSecond(), whole.substring(0, whole.length() - 1) + ".");
    }
  }

  /** A line being made; used by one thread. */
  public final class Line {
    private final StringBuilder text = new StringBuilder(256);

    private Line() {
      form.open(text);
    }

    /** Adds a key and its value; an empty value is left out. */
    public Line put(String key, String value) {
      if (!value.isEmpty()) {
        form.field(text, key, value);
      }
      return this;
    }

    /** Adds a key and a number. */
    public Line put(String key, long value) {
      form.field(text, key, value);
      return this;
    }

    /** Ends the line and hands it to the sink. */
    public void write() {
      form.close(text);
      sink.write(text);
    }

    /** Ends the line, and has it shown at once. */
    void writeNow() {
      write();
      sink.hurry();
    }
  }
}
