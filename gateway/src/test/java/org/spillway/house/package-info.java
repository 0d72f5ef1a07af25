/**
 * The house rules and the layers, as tests over the sources of every module.
 *
 * <p>In: the repository's own files. Out: a list of what breaks which rule, with file and line.
 * Read first: {@code HouseRules}.
 */
package org.spillway.house;
