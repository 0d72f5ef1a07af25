/**
 * The receiving side of SMTP, without sockets. In: bytes of one connection; out: replies and, by
 * way of {@link org.spillway.admit.Admission} and {@link org.spillway.spool.Spool}, accepted mail.
 * Read {@code Dialog} first.
 */
package org.spillway.smtp.server;
