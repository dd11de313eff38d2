package dev.acktask.operator.decision;

/**
 * A transition worth telling in the object's own Kubernetes events and in the log. Best effort: the
 * status is the record of truth.
 *
 * @param warning Warning rather than Normal
 * @param reason CamelCase, at most 128 characters, from a fixed list
 * @param note for people, at most 1,024 characters
 * @param occurrence tells two occurrences of one reason apart, and one occurrence told twice (after
 *     a restart, or by two replicas) does not
 */
public record TaskEvent(boolean warning, String reason, String note, String occurrence) {}
