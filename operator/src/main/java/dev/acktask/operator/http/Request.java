package dev.acktask.operator.http;

/** What {@link HttpTransport} sends: checked when it is made, so that it is one request only. */
public sealed interface Request permits Get, FormPost {
  /** Where it goes. */
  Origin origin();

  /** As it is sent: head and body. */
  byte[] bytes();
}
