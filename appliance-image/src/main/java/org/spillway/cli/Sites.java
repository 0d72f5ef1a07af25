package org.spillway.cli;

import picocli.CommandLine.Command;

/** {@code spillway site}: where mail goes. */
@Command(
    name = "site",
    description = "List and steer the sites that mail goes to.",
    subcommands = {SiteList.class, SitePin.class, SiteUnpin.class, SiteDrain.class})
final class Sites {}
