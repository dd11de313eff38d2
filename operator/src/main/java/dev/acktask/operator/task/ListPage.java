package dev.acktask.operator.task;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param items those that could be read
 * @param received number of items in the answer, also those that could not be read
 * @param totalCount as the cloud counts them; empty when absent or not a count. It may be wrong
 * @param nextToken of the next page; null when absent
 * @param digest of all of the answer that the page depends on; null if it is not known. An answer
 *     with the same digest has the same page
 */
public record ListPage<T>(
    List<T> items,
    int received,
    OptionalLong totalCount,
    @Nullable String nextToken,
    @Nullable AnswerDigest digest) {
  /** Copies the list. */
  public ListPage {
    items = List.copyOf(items);
  }

  /** A page without a digest. */
  public ListPage(
      List<T> items, int received, OptionalLong totalCount, @Nullable String nextToken) {
    this(items, received, totalCount, nextToken, null);
  }

  /** This page with only the items that {@code accepted} accepts; {@link #received} stays. */
  public ListPage<T> keeping(Predicate<T> accepted) {
    return new ListPage<>(
        items.stream().filter(accepted).toList(), received, totalCount, nextToken);
  }
}
