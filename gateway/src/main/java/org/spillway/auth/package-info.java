/**
 * Who a message is really from. Below it one package for each method; here what they share: the raw
 * header fields and the tag=value lists. In: content, envelope, the DNS; out: results with their
 * cause. Read {@link org.spillway.auth.Fields} first.
 */
package org.spillway.auth;
