/**
 * DMARC (RFC 9989): does the domain that people see in From stand behind the message, and if not,
 * what does it ask for. In: the From fields, what SPF and DKIM proved, the DNS; out: a {@link
 * org.spillway.auth.dmarc.DmarcResult} that says what was found, where, and why. Decides nothing
 * but what the RFC decides; {@link org.spillway.auth.dmarc.PolicyOverride} holds what an
 * administrator may decide otherwise. Read {@link org.spillway.auth.dmarc.Dmarc} first, then {@code
 * TreeWalk}.
 */
package org.spillway.auth.dmarc;
