/**
 * Questions to the DNS and their answers as values. In: names; out: {@link
 * org.spillway.dns.Answer}. Read {@link org.spillway.dns.Dns} first, then {@link
 * org.spillway.dns.DnsJavaResolver}, which keeps and shares answers; {@link
 * org.spillway.dns.Lookup} follows aliases, a {@link org.spillway.dns.Source} asks and proves.
 */
package org.spillway.dns;
