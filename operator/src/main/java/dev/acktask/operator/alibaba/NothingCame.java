package dev.acktask.operator.alibaba;

import java.io.IOException;

/**
 * The connection died before the first byte of an answer: the server may just have closed it while
 * it was idle.
 */
final class NothingCame extends IOException {
  private static final long serialVersionUID = 1L;

  NothingCame(IOException cause) {
    super(cause);
  }
}
