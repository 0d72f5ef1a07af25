package org.spillway.cli;

import picocli.CommandLine.Command;

/** {@code spillway queue}: the mail that is here. */
@Command(
    name = "queue",
    description = "List and move the mail that is here.",
    subcommands = {
      QueueList.class,
      QueueShow.class,
      QueueHold.class,
      QueueRelease.class,
      QueueRetry.class,
      QueueBounce.class,
      QueueDelete.class
    })
final class Queue {}
