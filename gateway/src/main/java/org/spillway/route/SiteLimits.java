package org.spillway.route;

import java.util.OptionalLong;

/**
 * What a site takes.
 *
 * @param sizeBytes largest message
 * @param recipientsPerTransaction most RCPT commands of one transaction
 * @param connections most connections at a time
 * @param messagesPerConnection transactions before a connection is closed
 * @param messagesPerSecond rate, when limited
 * @param recipientsPerSecond rate counting recipients, when limited
 * @param recipientsPerDay quota over 24 hours counting recipients, when limited
 */
public record SiteLimits(
    OptionalLong sizeBytes,
    int recipientsPerTransaction,
    int connections,
    int messagesPerConnection,
    OptionalLong messagesPerSecond,
    OptionalLong recipientsPerSecond,
    OptionalLong recipientsPerDay) {
  /** The defaults: 100 recipients, 20 connections, 1,000 messages a connection, nothing else. */
  public static final SiteLimits DEFAULT =
      new SiteLimits(
          OptionalLong.empty(),
          100,
          20,
          1000,
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.empty());
}
