package org.spillway.cli;

import picocli.CommandLine.Command;

/** {@code spillway spool}: the files that keep the mail. */
@Command(
    name = "spool",
    description = "Look into the files that keep the mail.",
    subcommands = {SpoolVerify.class, SpoolDump.class})
final class SpoolFiles {}
