package dev.acktask.operator.task;

/** What came of asking for a task whose last answer is known. */
public sealed interface TaskNews permits TaskNews.None, TaskLookup {
  /** The same answer again, byte for byte. */
  record None() implements TaskNews {}
}
