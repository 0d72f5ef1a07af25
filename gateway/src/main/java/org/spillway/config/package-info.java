/**
 * From the text of {@code spillway.yaml} to the records that each package owns, with all problems
 * at once. In: a file; out: {@link org.spillway.config.Settings} or a list of problems with line
 * and column. Read {@link org.spillway.config.Settings} first.
 */
package org.spillway.config;
