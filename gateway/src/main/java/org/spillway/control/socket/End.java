package org.spillway.control.socket;

/**
 * The last line of an answer.
 *
 * @param exit how it ended
 * @param say a sentence for the person; empty when the rows say it all
 */
public record End(Exit exit, String say) {
  static final End OK = new End(Exit.OK, "");
}
