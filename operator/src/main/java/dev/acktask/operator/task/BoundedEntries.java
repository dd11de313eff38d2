package dev.acktask.operator.task;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Keeps the first {@code max} entries, those with priority before all others: one failed result
 * turns a success into a failure under the strict policy, so it is never dropped for another.
 */
public final class BoundedEntries<T> {
  private record Placed<T>(T entry, int index) {}

  private final int max;
  private final Predicate<T> hasPriority;
  private final List<Placed<T>> priority = new ArrayList<>();
  private final List<Placed<T>> others = new ArrayList<>();
  private int added;

  /** Keeps at most {@code max} entries. */
  public BoundedEntries(int max, Predicate<T> hasPriority) {
    this.max = max;
    this.hasPriority = hasPriority;
  }

  /** Adds an entry, which may displace an earlier one without priority. */
  public void add(T entry) {
    List<Placed<T>> kind = hasPriority.test(entry) ? priority : others;
    if (kind.size() < max) {
      kind.add(new Placed<>(entry, added));
    }
    added++;
  }

  /** The kept entries in the order of the answer. */
  public List<T> entries() {
    return Stream.concat(priority.stream(), others.stream().limit(max - priority.size()))
        .sorted(Comparator.comparingInt(placed -> placed.index()))
        .map(placed -> placed.entry())
        .toList();
  }

  /** Number of entries that were added and are not kept. */
  public int dropped() {
    return Math.max(0, added - max);
  }
}
