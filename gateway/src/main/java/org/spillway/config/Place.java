package org.spillway.config;

/**
 * Where something stands in a file.
 *
 * @param line from 1
 * @param column from 1
 */
record Place(int line, int column) {
  static final Place TOP = new Place(1, 1);
}
