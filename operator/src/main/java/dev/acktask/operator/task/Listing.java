package dev.acktask.operator.task;

/** Result of one call for a page of a list. */
public sealed interface Listing<T> {
  /** A complete, strictly parsed answer. */
  record Listed<T>(ListPage<T> page) implements Listing<T> {}

  /** No page, as after a poll with the same outcome. */
  record Failed<T>(TaskLookup.NoAnswer cause) implements Listing<T> {}
}
