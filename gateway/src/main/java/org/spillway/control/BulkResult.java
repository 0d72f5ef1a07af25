package org.spillway.control;

/**
 * What an order for many recipients came to.
 *
 * @param matched recipients that were meant and that the order is for
 * @param done recipients it was done for
 * @param inFlight recipients left alone because a delivery was under way at that moment
 * @param failed recipients that the spool could not settle; they stand as before
 */
public record BulkResult(long matched, long done, long inFlight, long failed) {
  static final BulkResult NONE = new BulkResult(0, 0, 0, 0);

  BulkResult plus(BulkResult other) {
    return new BulkResult(
        matched + other.matched,
        done + other.done,
        inFlight + other.inFlight,
        failed + other.failed);
  }

  /** True when nothing was left undone. */
  public boolean isWhole() {
    return done == matched;
  }
}
