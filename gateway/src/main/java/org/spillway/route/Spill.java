package org.spillway.route;

/**
 * A copy sent to another site than its first because the first is down.
 *
 * @param from the site where it belongs
 * @param to the site it goes to
 * @param why since when and why the first is down
 * @param allowedBy the rule or setting that allows it
 */
public record Spill(SiteName from, SiteName to, String why, String allowedBy) {}
