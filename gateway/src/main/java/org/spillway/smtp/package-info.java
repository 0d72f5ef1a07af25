/**
 * SMTP as both sides speak it: command and parameter syntax, capabilities, replies, dot-stuffing,
 * chunks. In: bytes and lines; out: {@link org.spillway.smtp.Command}s, clean content, reply bytes.
 * No socket. Read {@link org.spillway.smtp.Command} first, then {@link
 * org.spillway.smtp.ContentScanner}.
 */
package org.spillway.smtp;
