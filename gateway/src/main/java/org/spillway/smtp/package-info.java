/**
 * SMTP as both sides speak it: command and parameter syntax, capabilities, replies, dot-stuffing,
 * chunks. Bytes in, values out; no socket. Read {@link org.spillway.smtp.Capability} first.
 */
package org.spillway.smtp;
