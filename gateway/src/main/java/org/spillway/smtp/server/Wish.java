package org.spillway.smtp.server;

/** What a dialog wants of its connection. */
public enum Wish {
  /** More bytes. */
  GO_ON,
  /** A TLS handshake after the reply; every clear byte that is there already must be dropped. */
  START_TLS,
  /** The end, after the reply. */
  CLOSE
}
