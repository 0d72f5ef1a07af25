package org.spillway.smtp.server;

/** Takes the bytes of replies, in order; it may hold them until the dialog needs input again. */
@FunctionalInterface
public interface ReplySink {
  /** One reply, complete with CRLF. */
  void reply(byte[] bytes);
}
