package dev.acktask.operator.polling;

import dev.acktask.operator.task.ListPage;
import dev.acktask.operator.task.PageRequest;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One pass over the pages of a list: what they held, and which one is next. Ends whatever the
 * server answers: pages that overlap, repeat or never end cost {@link #MAX_PAGES} calls at most.
 * Not thread-safe.
 */
final class SweepPass<T> {
  static final int MAX_PAGES = 100;

  /** A longer token is not sent back. */
  private static final int MAX_TOKEN = 4096;

  private final Function<T, ?> identity;
  private final int maxItems;
  private final long start;
  private final Instant began;
  private final Map<Object, T> items = new LinkedHashMap<>();
  private final Set<String> tokens = new HashSet<>();
  private @Nullable PageRequest next = PageRequest.FIRST;
  private int pages;
  private long received;
  private boolean isComplete;

  /**
   * @param identity of an item; of two with the same one the later is kept
   * @param maxItems items beyond are dropped and end the pass
   * @param start on the monotonic clock, in nanoseconds
   */
  SweepPass(Function<T, ?> identity, int maxItems, long start, Instant began) {
    this.identity = identity;
    this.maxItems = maxItems;
    this.start = start;
    this.began = began;
  }

  /** The page to read next; null once the pass has ended. */
  @Nullable PageRequest next() {
    return next;
  }

  /** Adds the page {@link #next}. */
  void add(ListPage<T> page) {
    PageRequest request = next;
    if (request == null) {
      return;
    }
    pages++;
    received += page.received();
    int before = items.size();
    boolean isFull = false;
    for (T item : page.items()) {
      Object id = identity.apply(item);
      isFull |= items.size() >= maxItems && !items.containsKey(id);
      if (!isFull) {
        items.put(id, item);
      }
    }
    // A server that ignores the number of the page repeats the first one.
    boolean isRepeated = pages > 1 && items.size() == before;
    next = isFull ? null : following(request, page, isRepeated);
  }

  /** Number of pages read. */
  int pages() {
    return pages;
  }

  /** When it began, on the monotonic clock, in nanoseconds. */
  long start() {
    return start;
  }

  /** When it began. */
  Instant began() {
    return began;
  }

  /** The items so far, each once. */
  List<T> items() {
    return List.copyOf(items.values());
  }

  /** True if the pass has ended, and with the end of the list. */
  boolean isComplete() {
    return isComplete;
  }

  private @Nullable PageRequest following(
      PageRequest request, ListPage<T> page, boolean isRepeated) {
    String token = page.nextToken();
    if (token == null || token.isEmpty()) {
      if (request.token() != null || page.received() < PageRequest.SIZE || isAll(page)) {
        isComplete = true;
        return null;
      }
    } else if (token.length() > MAX_TOKEN || !tokens.add(token)) {
      return null;
    }
    boolean isLast = isRepeated || (token != null && page.received() == 0) || pages >= MAX_PAGES;
    return isLast ? null : new PageRequest(request.number() + 1, emptyToNull(token));
  }

  /** True if the total is exactly what was received; one that is lower is wrong. */
  private boolean isAll(ListPage<T> page) {
    return page.totalCount().orElse(-1) == received;
  }

  private static @Nullable String emptyToNull(@Nullable String token) {
    return token == null || token.isEmpty() ? null : token;
  }
}
