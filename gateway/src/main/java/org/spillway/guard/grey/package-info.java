/**
 * Greylisting (RFC 6647): strangers are asked to come back, which spam rarely does. In: client,
 * sender and recipient; out: {@link org.spillway.guard.grey.Greyed}. Its memory is a file of its
 * own, without SQL. Read {@link org.spillway.guard.grey.Greylist} first.
 */
package org.spillway.guard.grey;
