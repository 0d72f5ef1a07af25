/**
 * The command line: one class for each command, and {@code main}.
 *
 * <p>In: arguments. Out: text or {@code --json} on standard output, an exit code. Read first:
 * {@link org.spillway.cli.Spillway}.
 */
package org.spillway.cli;
