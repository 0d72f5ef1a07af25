package org.spillway.admit;

/** One step of the admission route: looks at an offer and says what it saw. */
@FunctionalInterface
interface Check {
  Finding look(Offer offer);
}
