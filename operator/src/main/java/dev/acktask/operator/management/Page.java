package dev.acktask.operator.management;

/** One page of a port. Thread-safe: requests run concurrently. */
public interface Page {
  /** Renders the page. The caller closes the content once it is sent or abandoned. */
  Content get(PageRequest request);
}
