/**
 * Who is alive, who owns which stream, and the bytes kept on a partner. Knows no mail.
 *
 * <p>In: streams of bytes to keep, questions about nodes. Out: views, leases, copies. Read first:
 * {@code Cluster}.
 */
package org.spillway.cluster;
