/**
 * The receiving side of SMTP, without sockets. In: bytes of one connection; out: replies and, by
 * way of {@link org.spillway.admit.Admission} and {@link org.spillway.spool.Spool}, accepted mail
 * for an {@link org.spillway.smtp.server.AcceptedListener}. Read {@link
 * org.spillway.smtp.server.Dialog} first, then {@code MailTransaction} and {@code ContentPhase}.
 */
package org.spillway.smtp.server;
