package org.spillway.store;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The embedded database.
 *
 * @param directory Derby's directory
 * @param keepTraces how long tracking rows are kept
 */
public record DatabaseSettings(Path directory, Duration keepTraces) {}
