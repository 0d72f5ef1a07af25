/**
 * The command line: one class for each command, and {@code main}.
 *
 * <p>In: arguments. Out: a table or {@code --json} on standard output, one sentence on standard
 * error when something is wrong, and an exit code ({@link org.spillway.control.socket.Exit}). Most
 * commands only ask the running node; {@link org.spillway.cli.Wiring} is what the others need of
 * the gateway. Read first: {@link org.spillway.cli.Spillway}, then {@link
 * org.spillway.cli.ClientCommand}.
 */
package org.spillway.cli;
