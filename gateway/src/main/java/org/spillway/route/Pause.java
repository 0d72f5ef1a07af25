package org.spillway.route;

/**
 * A time in which a site takes nothing though it is well: its quota is used, or it asked for a
 * pause.
 *
 * @param until when it ends, as a {@link Ticker} tells time
 * @param why for people
 */
public record Pause(long until, String why) {}
