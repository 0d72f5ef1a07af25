/**
 * {@link org.spillway.control.Control} over a Unix domain socket in the data directory: one JSON
 * request on one line in, JSON lines out, the last of them an {@link
 * org.spillway.control.socket.End}. Only root and the node's own user are heard. Read {@link
 * org.spillway.control.socket.Desk} first.
 */
package org.spillway.control.socket;
