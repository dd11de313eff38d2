package dev.acktask.operator.task;

import org.jspecify.annotations.Nullable;

/**
 * Names a page of a list.
 *
 * @param number from 1; ignored by the cloud if it understands {@code token}
 * @param token {@link ListPage#nextToken} of the page before; null for none
 */
public record PageRequest(int number, @Nullable String token) {
  /** Items of one page: the largest number that ACK's own tools use. */
  public static final int SIZE = 100;

  /** The first page. */
  public static final PageRequest FIRST = new PageRequest(1, null);

  /** Rejects a number below 1. */
  public PageRequest {
    if (number < 1) {
      throw new IllegalArgumentException("pages are numbered from 1");
    }
  }
}
