/**
 * The keys we sign with: their files, the records to publish, and when each is used. In: a folder
 * of private keys and the time; out: the keys to sign with and the steps that are due. Read {@link
 * org.spillway.auth.dkim.keys.DkimKeys} first.
 */
package org.spillway.auth.dkim.keys;
