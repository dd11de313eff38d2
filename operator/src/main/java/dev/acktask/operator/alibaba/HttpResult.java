package dev.acktask.operator.alibaba;

/** The outcome of one HTTP request. */
public sealed interface HttpResult {
  /** A complete response. */
  record Answered(HttpAnswer answer) implements HttpResult {}

  /**
   * No complete response.
   *
   * @param message human-readable: cause and action
   * @param isStale true if no byte of an answer arrived: the server may have closed an idle
   *     connection, so an immediate retry can succeed
   */
  record Lost(TransportError cause, String message, boolean isStale) implements HttpResult {}
}
