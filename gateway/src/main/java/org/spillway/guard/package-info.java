/**
 * Abuse defence, cheapest first. In: who speaks and what he says; out: {@link
 * org.spillway.guard.Sign}s, what each check saw. It judges nothing: the admission asks {@link
 * org.spillway.guard.GuardSettings#actionOn} what the operator wants of a sign. Read {@link
 * org.spillway.guard.Guard} first.
 */
package org.spillway.guard;
