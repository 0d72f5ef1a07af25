/**
 * What the tests of every module share: the real peers and the scripted ones.
 *
 * <p>Published as the gateway's test jar. In: the name of what a test needs. Out: its path, or a
 * skipped test that says why. Read first: {@code Peers}, then {@code FakePeer}.
 */
package org.spillway.testing;
