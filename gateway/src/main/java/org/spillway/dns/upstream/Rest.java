package org.spillway.dns.upstream;

import java.time.Duration;

/**
 * When a server is left alone.
 *
 * @param after as many failures in a row
 * @param first its first rest; each further one is twice as long, up to sixteen times
 */
public record Rest(int after, Duration first) {}
