/**
 * Who a message is really from. Below it one package for each method; here what they share: the raw
 * header fields, the tag=value lists, and the report of all methods (Authentication-Results). In:
 * content, envelope, the DNS; out: results with their cause. Read {@link
 * org.spillway.auth.AuthReport} first.
 */
package org.spillway.auth;
