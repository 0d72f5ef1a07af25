package org.spillway.route;

/**
 * How many connections to one destination may be open at a time: Postfix's feedback with 1/N both
 * ways (reference §3.4). A cohort is as many attempts as there are connections. Not thread-safe.
 */
public final class Concurrency {
  private static final int INITIAL = 5;
  private static final int INITIAL_AFTER_OUTAGE = 2;
  private static final int DEAD_COHORTS = 3;

  private final int most;
  private int initial;
  private int limit;
  private double success;
  private double failure;
  private double failedCohorts;

  /**
   * Starts with 5 connections.
   *
   * @param most what the site takes, at least 1
   */
  public Concurrency(int most) {
    this.most = Math.max(1, most);
    begin(INITIAL);
  }

  private void begin(int connections) {
    initial = Math.min(connections, most);
    limit = initial;
    success = 0;
    failure = 0;
    failedCohorts = 0;
  }

  /** The destination was away: starts anew, with 2. */
  public void afterOutage() {
    begin(INITIAL_AFTER_OUTAGE);
  }

  /** Connections allowed now, at least 1. */
  public int limit() {
    return limit;
  }

  /**
   * An attempt was answered, whatever it said of the message.
   *
   * @param busy connections in use; the limit does not grow while slots are idle
   */
  public void ok(int busy) {
    failedCohorts = 0;
    if (limit >= most || limit >= busy + initial) {
      return;
    }
    success += 1.0 / limit;
    while (success >= 1) {
      limit = Math.min(most, limit + 1);
      success--;
      failure = 0;
    }
  }

  /** The destination failed or was too busy; true when it is dead by now (more than 3 cohorts). */
  public boolean failed() {
    failedCohorts += 1.0 / limit;
    failure -= 1.0 / limit;
    while (failure < 0) {
      limit = Math.max(1, limit - 1); // drops at the start of the cycle
      failure++;
      success = 0;
    }
    return failedCohorts > DEAD_COHORTS;
  }
}
