package dev.acktask.operator.polling;

import dev.acktask.operator.task.ListPage;
import dev.acktask.operator.task.ListedTask;
import dev.acktask.operator.task.Listing;
import dev.acktask.operator.task.PageRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The last pages of the lists of tasks, of all connections, so that an answer that holds the same
 * page again is not parsed. Bounded by size. Thread-safe.
 *
 * <p>All pages are read in turn, so that the one that was used longest ago is the next to be used.
 * A full cache therefore keeps what it has, and drops only what is not read any more.
 */
public final class ListedPages {
  /** A page that was not read for so long is probably not swept any more. */
  static final Duration MAX_IDLE = Duration.ofMinutes(10);

  /**
   * @param connection id of the connection
   */
  private record Key(String connection, String clusterId, int number) {}

  private record Entry(ListPage<ListedTask> page, long bytes, long used) {}

  /** Heap of an entry of a list without its texts, in bytes. */
  private static final int ITEM = 160;

  private final long maxBytes;
  private final LongSupplier nanoTime;
  private final Map<Key, Entry> entries = new LinkedHashMap<>(); // least recently used first
  private long totalBytes;

  /**
   * @param maxBytes approximate maximum heap of all pages
   * @param nanoTime a monotonic clock such as {@link System#nanoTime}
   */
  public ListedPages(long maxBytes, LongSupplier nanoTime) {
    this.maxBytes = maxBytes;
    this.nanoTime = nanoTime;
  }

  /**
   * Reads a page of the tasks of a cluster, and remembers it.
   *
   * @param connection id of the connection
   * @param call gets the page that was read last; null without one
   */
  Listing<ListedTask> read(
      String connection,
      String clusterId,
      PageRequest page,
      Function<@Nullable ListPage<ListedTask>, Listing<ListedTask>> call) {
    Key key = new Key(connection, clusterId, page.number());
    Listing<ListedTask> listing = call.apply(get(key));
    if (listing instanceof Listing.Listed<ListedTask> listed) {
      put(key, listed.page());
    }
    return listing;
  }

  private synchronized @Nullable ListPage<ListedTask> get(Key key) {
    Entry entry = entries.get(key);
    return entry == null ? null : entry.page;
  }

  private synchronized void put(Key key, ListPage<ListedTask> page) {
    Entry before = entries.remove(key);
    totalBytes -= before == null ? 0 : before.bytes;
    long bytes = bytes(page);
    if (page.digest() != null && isRoomFor(bytes)) {
      entries.put(key, new Entry(page, bytes, nanoTime.getAsLong()));
      totalBytes += bytes;
    }
  }

  /** Drops what is not read any more; true if {@code bytes} fit in then. */
  private boolean isRoomFor(long bytes) {
    long now = nanoTime.getAsLong();
    var each = entries.values().iterator();
    while (each.hasNext()) {
      Entry eldest = each.next();
      if (now - eldest.used < MAX_IDLE.toNanos()) {
        break;
      }
      totalBytes -= eldest.bytes;
      each.remove();
    }
    return totalBytes + bytes <= maxBytes;
  }

  /** Approximate heap of {@code page} in bytes. */
  private static long bytes(ListPage<ListedTask> page) {
    long characters =
        page.items().stream()
            .mapToLong(
                it ->
                    it.task().taskId().length()
                        + length(it.type())
                        + length(it.state())
                        + length(it.updated()))
            .sum();
    return ITEM + page.items().size() * (long) ITEM + Character.BYTES * characters;
  }

  private static int length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }
}
