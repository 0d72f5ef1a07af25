package org.spillway.store;

/** The keys of a trace event's facts that the store itself understands or writes. */
public final class Facts {
  /** Inbound, outbound or internal, in lower case. */
  public static final String DIRECTION = "direction";

  /** The client's IP address. */
  public static final String CLIENT = "client";

  /** The listener's name. */
  public static final String LISTENER = "listener";

  /** The reverse-path; left out when null. */
  public static final String FROM = "from";

  /** The subject, cut at 200 characters. */
  public static final String SUBJECT = "subject";

  /** The Message-ID field. */
  public static final String MESSAGE_ID = "message-id";

  /** Size in bytes. */
  public static final String SIZE = "size";

  /** The word of a disposition. */
  public static final String STATUS = "status";

  /** The site. */
  public static final String SITE = "site";

  /** The host and port that was spoken to. */
  public static final String HOP = "hop";

  /** The site where a spilled copy belongs. */
  public static final String SPILL_FROM = "spill-from";

  /** The rule or setting that allowed a spill. */
  public static final String ALLOWED_BY = "allowed-by";

  /** The reason. */
  public static final String WHY = "why";

  /** The peer's reply. */
  public static final String REPLY = "reply";

  /** {@code yes} when a site took it only to forward it. */
  public static final String RELAYED = "relayed";

  /** The enhanced status code of a bounce. */
  public static final String CODE = "code";

  /** How often it was tried. */
  public static final String ATTEMPTS = "attempts";

  /** When it is tried next. */
  public static final String NEXT = "next";

  /** Who did it. */
  public static final String BY = "by";

  /** {@code yes} on a row that was made again from the spool. */
  public static final String REBUILT = "rebuilt";

  private Facts() {}
}
