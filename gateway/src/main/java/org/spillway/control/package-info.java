/**
 * What a person may ask of a running node: list, hold, release, trace, pin, reload. The command
 * line and the console see this and nothing deeper. Read {@code Control} first.
 */
package org.spillway.control;
