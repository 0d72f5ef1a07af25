/**
 * Who is alive, who owns which stream, and the bytes kept on a partner. Knows no mail.
 *
 * <p>In: streams of bytes to keep, questions about nodes. Out: streams with their epoch, leases,
 * and how many disks hold a copy. Read first: {@link org.spillway.cluster.Cluster}.
 */
package org.spillway.cluster;
