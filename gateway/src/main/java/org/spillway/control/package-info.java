/**
 * What a person may ask of a running node: list, hold, release, bounce, delete, retry, trace, pin,
 * reload. In: a question or an order, and the {@link org.spillway.control.Hand} that asks; out:
 * views and counts, and a line in the {@link org.spillway.control.Audit}. The command line and the
 * console see this and nothing deeper. Read {@link org.spillway.control.Control} first, then {@link
 * org.spillway.control.Order}.
 */
package org.spillway.control;
