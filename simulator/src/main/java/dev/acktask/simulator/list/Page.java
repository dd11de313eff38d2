package dev.acktask.simulator.list;

import java.util.List;
import java.util.Map;

/**
 * One page of a list. Both ways of paging work: {@code page_number} with {@code page_size}, and
 * {@code next_token} with {@code max_results}, where the token is an offset.
 *
 * @param overlap number of entries that a page repeats of the one before; less than {@code size}
 */
public record Page(int offset, int size, int overlap) {
  private static final int DEFAULT_SIZE = 20;

  /**
   * The page that a request names.
   *
   * @throws IllegalArgumentException when a value is not a positive number
   * @throws ArithmeticException when the page is too far away
   */
  public static Page of(Map<String, String> query, ListBehaviour.Paging paging) {
    int size = Math.min(paging.maxPageSize(), size(query, paging));
    int overlap = Math.min(paging.overlap(), size - 1);
    String token = query.getOrDefault("next_token", "");
    if (paging.hasTokens() && !token.isEmpty()) {
      return new Page(positive("next_token", token), size, overlap);
    }
    int number = positive("page_number", query.getOrDefault("page_number", "1"));
    return new Page(Math.multiplyExact(number - 1, size - overlap), size, overlap);
  }

  /** From 1. */
  public int number() {
    return offset / (size - overlap) + 1;
  }

  public <T> List<T> of(List<T> all) {
    return all.subList(Math.min(offset, all.size()), end(all));
  }

  /** The number of entries as if those that pages up to this one repeat had been created. */
  public int total(List<?> all) {
    return all.size() + (number() - 1) * overlap;
  }

  /** The token of the page after this one; empty for the last. */
  public String nextToken(List<?> all) {
    return end(all) < all.size() ? String.valueOf(end(all) - overlap) : "";
  }

  private int end(List<?> all) {
    return Math.min(Math.min(offset, all.size()) + size, all.size());
  }

  private static int size(Map<String, String> query, ListBehaviour.Paging paging) {
    String name =
        paging.hasTokens() && query.containsKey("max_results") ? "max_results" : "page_size";
    return positive(name, query.getOrDefault(name, String.valueOf(DEFAULT_SIZE)));
  }

  private static int positive(String name, String text) {
    try {
      int number = Integer.parseInt(text);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // reported below
    }
    throw new IllegalArgumentException("The specified parameter " + name + " is not valid.");
  }
}
