package org.spillway.config;

/**
 * What was read, with the section that it comes from.
 *
 * @param value what was read
 * @param source where it stands, to tell problems
 */
record Sourced<T>(T value, Section source) {}
