package org.spillway.smtp.mina;

import java.util.Optional;
import java.util.concurrent.Executor;
import org.spillway.smtp.server.DialogContext;

/**
 * What a conversation is given.
 *
 * @param settings its listener
 * @param context for its dialog
 * @param counts to be counted in
 * @param tls our certificate, when there is TLS
 * @param workers where its worker runs
 */
record Surroundings(
    ListenerSettings settings,
    DialogContext context,
    SessionCounts counts,
    Optional<TlsContext> tls,
    Executor workers) {}
