package dev.acktask.operator.http;

/**
 * One complete HTTP response, before anybody has looked at what it says.
 *
 * @param body bounded
 */
public record HttpAnswer(int status, Headers headers, Body body) {
  /** What came after the headers. */
  public sealed interface Body {
    /**
     * All of it.
     *
     * @param text decoded as UTF-8; bytes that are not are replaced, never dropped, so that a
     *     mangled message neither costs the verdict nor moves a quote
     */
    record Complete(String text) implements Body {}

    /** More than the cap; what had come was dropped. */
    record TooLarge() implements Body {}

    /** Compressed or otherwise encoded, although the request did not offer that; not read. */
    record Encoded() implements Body {}
  }
}
