package org.spillway.guard;

import java.util.Optional;
import org.spillway.guard.grey.Greylist;
import org.spillway.guard.rate.RateLimits;

/**
 * What the checks stand on; a reload replaces it as a whole.
 *
 * @param settings what is looked for
 * @param home who is not a stranger
 * @param rates what was counted
 * @param greylist who has come back; empty until greylisting was on once
 * @param senders which user may send as whom; empty when all may send as anybody
 */
record Ground(
    GuardSettings settings,
    Home home,
    RateLimits rates,
    Optional<Greylist> greylist,
    Optional<SenderMap> senders) {}
