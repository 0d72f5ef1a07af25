package org.spillway.admit;

/**
 * Evidence from one check. It decides nothing.
 *
 * @param check which check: {@code direction}, {@code size}, {@code loop}, …
 * @param result what was seen, in the check's own word
 * @param detail for people
 */
public record Finding(String check, String result, String detail) {}
