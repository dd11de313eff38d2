package dev.acktask.operator.event;

/**
 * A transition of an object that is recorded as a Kubernetes Event and logged. Events are best
 * effort; the status is authoritative.
 *
 * @param warning type Warning instead of Normal
 * @param reason CamelCase, at most 128 characters, from a fixed list
 * @param note human-readable, at most 1,024 characters
 * @param occurrence distinguishes two occurrences of one reason; equal when one occurrence is
 *     recorded twice (after a restart, or by two replicas)
 */
public record ObjectEvent(boolean warning, String reason, String note, String occurrence) {}
