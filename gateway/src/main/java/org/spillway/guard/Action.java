package org.spillway.guard;

/**
 * What the operator wants when a check has seen something; each is stronger than the one before.
 */
public enum Action {
  /** The check does not run. */
  OFF,
  /** Recorded and counted, no more. */
  NOTE,
  /** The reply takes longer. */
  TARPIT,
  /** A stranger must come back, when greylisting is on. */
  GREYLIST,
  /** 4yz. */
  DEFER,
  /** 5yz. */
  REFUSE
}
