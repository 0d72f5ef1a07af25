package org.spillway.mail;

/** Which way a message goes: to our domains, to the world, or from us to us. */
public enum Direction {
  INBOUND,
  OUTBOUND,
  INTERNAL
}
