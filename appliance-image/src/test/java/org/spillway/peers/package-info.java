/**
 * The built tree between real mail servers: Postfix, Dovecot, swaks, smtp-source. In: {@code
 * target/spillway} and the programs that {@code .ci/run} installs; out: whether the promises hold
 * there, and lines {@code FIGURE name value unit}. Read {@link org.spillway.peers.RealPeersIT}
 * first.
 */
package org.spillway.peers;
