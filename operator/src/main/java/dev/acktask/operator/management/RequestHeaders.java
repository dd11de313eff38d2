package dev.acktask.operator.management;

/**
 * The request headers that pages read.
 *
 * @param accept value of the Accept header; empty if absent
 * @param authorization value of the Authorization header; empty if absent
 */
public record RequestHeaders(String accept, String authorization) {
  /** Without the credentials. */
  @Override
  public String toString() {
    return "RequestHeaders[accept=" + accept + "]";
  }
}
