package org.spillway.dns.upstream;

import java.time.Duration;

/**
 * One server at one moment.
 *
 * @param address as {@link ServerAddress} reads it
 * @param resting left alone after failures in a row
 * @param failures in a row
 * @param roundTrip smoothed; zero before the first answer
 * @param why the last failure, empty when it answers
 */
public record ServerStatus(
    String address, boolean resting, int failures, Duration roundTrip, String why) {}
