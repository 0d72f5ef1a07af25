package org.spillway.metrics;

/**
 * One thing that must be well for the node to take mail.
 *
 * @param name for example {@code spool}
 * @param ok whether it is
 * @param why in words; may be empty when it is well
 */
public record Check(String name, boolean ok, String why) {}
