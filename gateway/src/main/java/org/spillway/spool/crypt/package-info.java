/**
 * Encryption at rest: a data key for each message, wrapped by the key in a file, AES-256-GCM for
 * both. In: plain bytes; out: the same bytes sealed, 16 longer. Read {@link
 * org.spillway.spool.crypt.Vault} first.
 */
package org.spillway.spool.crypt;
