package dev.acktask.operator.alibaba;

import dev.acktask.operator.http.HttpAnswer;

/** What one request came to. */
sealed interface Exchange {
  /** A complete response. */
  record Answered(HttpAnswer answer) implements Exchange {}

  /**
   * None.
   *
   * @param message for people: what happened and what to do
   * @param isStale nothing of an answer had come: the server may just have closed an idle
   *     connection, so that the same question on a new one is worth asking at once
   */
  record Lost(LostAnswer cause, String message, boolean isStale) implements Exchange {}
}
