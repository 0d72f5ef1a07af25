package org.spillway.cli;

import picocli.CommandLine.Command;

/** {@code spillway auth}: who a message is really from. */
@Command(
    name = "auth",
    description = "See who a message is really from: SPF, DKIM, ARC and DMARC.",
    subcommands = {AuthVerify.class})
final class Auth {}
