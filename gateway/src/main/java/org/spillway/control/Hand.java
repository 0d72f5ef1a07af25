package org.spillway.control;

/**
 * Who asks, and why; every admin action carries one (invariant 10).
 *
 * @param who the person, as the system knows them, for example {@code root}
 * @param why the reason given; empty when none was
 */
public record Hand(String who, String why) {}
