/**
 * The whole gateway, wired by hand. In: {@link org.spillway.config.Settings}; out: a running node.
 * Read {@link org.spillway.Gateway} first: it is the first file to read of all.
 */
package org.spillway;
