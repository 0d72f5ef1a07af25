/**
 * What may come in. The checks find, {@link org.spillway.admit.Admission} judges, nobody else. In:
 * who speaks, the envelope, the message; out: a {@link org.spillway.admit.Verdict} and, for a
 * message let in, its {@link org.spillway.policy.Decision}. Read {@link
 * org.spillway.admit.Admission} first.
 */
package org.spillway.admit;
