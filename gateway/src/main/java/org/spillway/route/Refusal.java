package org.spillway.route;

/**
 * Why a site does not take a copy, though another may.
 *
 * @param status enhanced status for the report when no other site takes it either
 * @param why the site's words
 */
public record Refusal(String status, String why) {}
