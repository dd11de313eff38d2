package dev.acktask.simulator;

import java.util.List;
import java.util.Map;

/**
 * One page of a list. Both ways of paging work: {@code page_number} with {@code page_size}, and
 * {@code next_token} with {@code max_results}, where the token is an offset.
 */
record Page(int offset, int size) {
  private static final int DEFAULT_SIZE = 20;
  private static final int LARGEST = 100;

  /**
   * @throws IllegalArgumentException when a value is not a positive number
   */
  static Page of(Map<String, String> query) {
    if (query.containsKey("next_token") || query.containsKey("max_results")) {
      String token = query.getOrDefault("next_token", "");
      int offset = token.isEmpty() ? 0 : positive("next_token", token);
      return new Page(offset, size(query, "max_results"));
    }
    int size = size(query, "page_size");
    int number = positive("page_number", query.getOrDefault("page_number", "1"));
    return new Page(Math.multiplyExact(number - 1, size), size);
  }

  int number() {
    return offset / size + 1;
  }

  <T> List<T> of(List<T> all) {
    return all.subList(Math.min(offset, all.size()), end(all));
  }

  /** The token of the page after this one; empty for the last. */
  String nextToken(List<?> all) {
    return end(all) < all.size() ? String.valueOf(end(all)) : "";
  }

  private int end(List<?> all) {
    return Math.min(Math.min(offset, all.size()) + size, all.size());
  }

  private static int size(Map<String, String> query, String name) {
    String text = query.getOrDefault(name, String.valueOf(DEFAULT_SIZE));
    return Math.min(LARGEST, positive(name, text));
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
