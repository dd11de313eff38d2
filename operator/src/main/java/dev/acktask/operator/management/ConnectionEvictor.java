package dev.acktask.operator.management;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The open connections of one port. A new connection is never refused, because it may be a probe;
 * beyond a limit an older one is closed instead. The victim belongs to the address with the most
 * connections. A connection without a complete request is closed first, then the oldest. A client
 * that sends its request at once is therefore always served.
 *
 * @param <C> type of a connection
 */
final class ConnectionEvictor<C> {
  private final int total;
  private final int perAddress;
  private final Map<C, Entry> entries = new LinkedHashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();

  private static final class Entry {
    final String address;
    boolean hasRequest;

    Entry(String address) {
      this.address = address;
    }
  }

  /**
   * @param total at least 1
   * @param perAddress at least 1
   */
  ConnectionEvictor(int total, int perAddress) {
    this.total = total;
    this.perAddress = perAddress;
  }

  /**
   * Adds a connection.
   *
   * @return connections to close; they are no longer counted
   */
  synchronized List<C> add(C connection, String address) {
    List<C> excess = new ArrayList<>();
    if (counts.getOrDefault(address, 0) >= perAddress) {
      oldest(address).ifPresent(excess::add);
    }
    excess.forEach(this::remove);
    if (entries.size() >= total) {
      String heaviest =
          counts.entrySet().stream()
              .max(Map.Entry.comparingByValue())
              .map(Map.Entry::getKey)
              .orElse(address);
      oldest(heaviest)
          .ifPresent(
              victim -> {
                remove(victim);
                excess.add(victim);
              });
    }
    entries.put(connection, new Entry(address));
    counts.merge(address, 1, Integer::sum);
    return excess;
  }

  /** Records that the request head of {@code connection} is complete. */
  synchronized void markRequestReceived(C connection) {
    Entry entry = entries.get(connection);
    if (entry != null) {
      entry.hasRequest = true;
    }
  }

  synchronized void remove(C connection) {
    Entry entry = entries.remove(connection);
    if (entry != null) {
      counts.computeIfPresent(entry.address, (address, count) -> decrement(count));
    }
  }

  synchronized int size() {
    return entries.size();
  }

  private Optional<C> oldest(String address) {
    return entries.entrySet().stream()
        .filter(entry -> entry.getValue().address.equals(address))
        .min(Comparator.comparing(entry -> entry.getValue().hasRequest))
        .map(Map.Entry::getKey);
  }

  private static @Nullable Integer decrement(int count) {
    return count == 1 ? null : count - 1;
  }
}
