package org.spillway.smtp.server;

import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.spillway.admit.Admission;
import org.spillway.auth.message.ContentWatch;
import org.spillway.mail.Domain;
import org.spillway.metrics.Metrics;
import org.spillway.spool.Spool;

/**
 * What all dialogs share. All of it may be used by many threads at once.
 *
 * @param hostName how we call ourselves in greetings and Received fields
 * @param postmasterDomain the domain of {@code RCPT TO:<postmaster>} (RFC 5321 §4.5.1)
 * @param admission judges
 * @param spool keeps
 * @param watch looks at contents as they come in
 * @param accounts knows who may authenticate
 * @param accepted is told
 * @param limits the limits for a new session, read once at its start
 * @param budget the heap for content in hand
 * @param metrics counts
 * @param clock tells the time
 * @param chance for ids
 */
public record DialogContext(
    Domain hostName,
    Domain postmasterDomain,
    Admission admission,
    Spool spool,
    ContentWatch watch,
    Accounts accounts,
    AcceptedListener accepted,
    Supplier<SessionLimits> limits,
    ContentBudget budget,
    Metrics metrics,
    InstantSource clock,
    RandomGenerator chance) {}
