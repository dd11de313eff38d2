package dev.acktask.operator.management;

/** Answers GET and HEAD requests for one path. Thread-safe: requests run concurrently. */
public interface HttpHandler {
  /** Renders the response. The caller closes it once it is sent or abandoned. */
  HandlerResponse get(RequestHeaders request);
}
