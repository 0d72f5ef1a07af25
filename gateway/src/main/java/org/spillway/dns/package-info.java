/**
 * Questions to the DNS and their answers as values. In: names; out: {@link
 * org.spillway.dns.Answer}. Read {@link org.spillway.dns.Dns} first.
 */
package org.spillway.dns;
