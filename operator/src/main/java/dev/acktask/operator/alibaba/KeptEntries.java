package dev.acktask.operator.alibaba;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Keeps the first of any number of entries, certain ones before all others: one failed result turns
 * a success into a failure under the strict policy, so it is never dropped in favour of another.
 */
final class KeptEntries<T> {
  private record Placed<T>(T entry, int index) {}

  private final int max;
  private final Predicate<T> comesFirst;
  private final List<Placed<T>> first = new ArrayList<>();
  private final List<Placed<T>> others = new ArrayList<>();
  private int seen;

  KeptEntries(int max, Predicate<T> comesFirst) {
    this.max = max;
    this.comesFirst = comesFirst;
  }

  void add(T entry) {
    List<Placed<T>> kind = comesFirst.test(entry) ? first : others;
    if (kind.size() < max) {
      kind.add(new Placed<>(entry, seen));
    }
    seen++;
  }

  /** In the order of the answer. */
  List<T> entries() {
    return Stream.concat(first.stream(), others.stream().limit(max - first.size()))
        .sorted(Comparator.comparingInt(placed -> placed.index()))
        .map(placed -> placed.entry())
        .toList();
  }

  int dropped() {
    return Math.max(0, seen - max);
  }
}
