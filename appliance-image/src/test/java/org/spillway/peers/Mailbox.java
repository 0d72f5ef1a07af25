package org.spillway.peers;

import java.util.Map;

/** Where mail ends in a test: it tells how often each message arrived. */
interface Mailbox {

  /** How often each message arrived, by its X-Test-Id, or by its Message-ID without one. */
  Map<String, Integer> arrivals();
}
