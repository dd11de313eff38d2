package dev.acktask.operator.management;

/**
 * What a page reads of a request.
 *
 * @param accept media types that the client accepts; empty when it names none
 * @param authorization credentials of the client; empty when it sent none
 */
public record PageRequest(String accept, String authorization) {
  /** Without the credentials. */
  @Override
  public String toString() {
    return "PageRequest[accept=" + accept + "]";
  }
}
