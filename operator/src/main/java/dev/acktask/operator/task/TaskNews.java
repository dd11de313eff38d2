package dev.acktask.operator.task;

/** Result of a poll of a task whose last answer is known. */
public sealed interface TaskNews permits TaskNews.None, TaskLookup {
  /** The answer equals the last one, byte for byte. */
  record None() implements TaskNews {}
}
