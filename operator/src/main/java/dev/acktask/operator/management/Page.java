package dev.acktask.operator.management;

/** One page of a port. It may be asked for by several clients at once, each on its own thread. */
public interface Page {
  /** The page as it is now. The caller closes the content once it is sent or given up. */
  Content get(PageRequest request);
}
