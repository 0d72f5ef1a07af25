package org.spillway.auth.dkim.keys;

/** Where a selector stands in its life; each leads to the next as time goes by. */
public enum Stage {
  /** Its record is to be published. Nothing is signed with it. */
  PUBLISH,
  /** Its record is there; what others remember of its absence runs out. */
  WAIT,
  /** It signs. */
  ACTIVE,
  /** It signs no more; its record stays for mail that is on its way. */
  RETIRING,
  /** Its record may go, or be published with an empty p=. */
  RETIRED
}
