/**
 * Who a message is really from. In: what a client said of itself, header fields and bodies, answers
 * of the DNS; out: results that say what was seen and why, never a verdict. Here stands what the
 * methods share: {@link org.spillway.auth.Fields} (a header section), {@link
 * org.spillway.auth.TagList}, {@link org.spillway.auth.AuthReport} (Authentication-Results, RFC
 * 8601) and {@link org.spillway.auth.Iprev}. Read {@link org.spillway.auth.AuthReport} first, then
 * the methods: {@code spf}, {@code dkim}, {@code dmarc}, {@code arc}.
 */
package org.spillway.auth;
