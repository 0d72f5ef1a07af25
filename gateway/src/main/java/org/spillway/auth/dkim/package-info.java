/**
 * DomainKeys Identified Mail (RFC 6376, 8301, 8463, 8616), verified and made. In: header fields,
 * the body's hashes taken while it streams by, the DNS or a private key; out: a {@link
 * org.spillway.auth.dkim.DkimResult} for each signature, or signature fields. {@link
 * org.spillway.auth.dkim.SignatureEngine} is the one class that knows where the arithmetic is done.
 * Read {@link org.spillway.auth.dkim.DkimVerifier} first, then {@link
 * org.spillway.auth.dkim.DkimSigner}.
 */
package org.spillway.auth.dkim;
