/**
 * From the text of {@code spillway.yaml} to the records that each package owns, with all problems
 * at once. In: a file; out: {@link org.spillway.config.Settings} or a list of {@link
 * org.spillway.config.Problem}, each with line, column and mend. The way: {@code YamlText} reads
 * the text into a {@code Tree} with places, {@code Shape} holds it against the published JSON
 * Schema, the readers turn {@code Section}s into records, and the checks look at what must hold
 * between them. Read {@link org.spillway.config.Config} first.
 */
package org.spillway.config;
