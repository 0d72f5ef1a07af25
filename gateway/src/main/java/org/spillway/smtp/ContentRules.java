package org.spillway.smtp;

/**
 * How strict content is read.
 *
 * @param mendBareLines true: a CR or LF alone becomes CRLF; false: it is a Problem
 * @param dropNul true: NUL bytes are left out; false: they are a Problem
 * @param lineBytes longest line with its CRLF
 */
public record ContentRules(boolean mendBareLines, boolean dropNul, int lineBytes) {}
