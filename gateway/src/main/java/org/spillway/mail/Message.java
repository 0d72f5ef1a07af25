package org.spillway.mail;

/**
 * One message as the admission steps see it: who gave it, for whom, and what it holds.
 *
 * @param id its name, given before the first byte is stored
 * @param arrival who gave it to us
 * @param direction OUTBOUND when any recipient's is, for listings; each recipient has its own way
 * @param envelope sender and accepted recipients
 * @param facts what was seen while it came in
 * @param content its bytes
 */
public record Message(
    EntryId id,
    Arrival arrival,
    Direction direction,
    Envelope envelope,
    ContentFacts facts,
    Content content) {}
