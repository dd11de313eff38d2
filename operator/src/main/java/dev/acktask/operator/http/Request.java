package dev.acktask.operator.http;

/**
 * A request for {@link HttpTransport}; validated on creation, so that it is exactly one request.
 */
public sealed interface Request permits Get, FormPost {
  /** Where it goes. */
  Origin origin();

  /** As it is sent: head and body. */
  byte[] bytes();
}
