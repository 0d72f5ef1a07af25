/**
 * What rules demand of a message, as data: {@link org.spillway.policy.Constraints} on where a copy
 * may go and {@link org.spillway.policy.Decision}, the one place where recipients are split. In:
 * nothing yet but the default decision; out: copies that every path must satisfy. Read {@link
 * org.spillway.policy.Constraints} first.
 */
package org.spillway.policy;
