package dev.acktask.operator.polling;

/**
 * A call to the cloud whose turn has come. Times are values of one monotonic clock in nanoseconds.
 */
sealed interface Work permits Poll, PageCall {
  /** When it was due. */
  long due();

  /** When it began. */
  long start();
}
