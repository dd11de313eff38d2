package dev.acktask.operator.polling;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The polls of one connection by due time. Namespaces take turns, so that the tasks of one cannot
 * delay those of another by more than one poll each. Refresh requests come first, but get only
 * every second turn while other polls are due.
 *
 * <p>Times are values of one monotonic clock in nanoseconds. Taking a poll costs one step for each
 * namespace with tasks. Not thread-safe.
 */
final class PollQueue {
  /**
   * The next poll of a task.
   *
   * @param namespace that the poll is charged to
   * @param due when the task is polled at the earliest
   * @param isRequested true for a refresh request
   */
  record Entry(TaskKey task, String namespace, long due, boolean isRequested, long sequence) {}

  private static final Comparator<Entry> BY_DUE_TIME =
      (a, b) ->
          a.due == b.due ? Long.compare(a.sequence, b.sequence) : Long.compare(a.due - b.due, 0);

  /** Entries of one namespace. */
  private static final class NamespacePolls {
    private final NavigableSet<Entry> requested = new TreeSet<>(BY_DUE_TIME);
    private final NavigableSet<Entry> regular = new TreeSet<>(BY_DUE_TIME);

    NavigableSet<Entry> of(boolean isRequested) {
      return isRequested ? requested : regular;
    }

    /** Removes an entry; false if it was the last one. */
    boolean remove(Entry entry) {
      of(entry.isRequested).remove(entry);
      return !requested.isEmpty() || !regular.isEmpty();
    }
  }

  private final Map<TaskKey, Entry> entries = new HashMap<>();

  /** Least recently served first. */
  private final Map<String, NamespacePolls> namespaces = new LinkedHashMap<>();

  private long sequence;
  private boolean wasRequested;

  /** Schedules the next poll of {@code task}, in place of an earlier entry. */
  void schedule(TaskKey task, String namespace, long due) {
    put(new Entry(task, namespace, due, false, sequence++));
  }

  /** Schedules a poll at {@code due} unless one is scheduled earlier or requested. */
  void scheduleAtLatest(TaskKey task, String namespace, long due) {
    Entry before = entries.get(task);
    if (before == null || (!before.isRequested && due - before.due < 0)) {
      schedule(task, namespace, due);
    }
  }

  /** Schedules a poll for a refresh request, before all others. */
  void request(TaskKey task, String namespace, long now) {
    Entry before = entries.get(task);
    if (before == null || !before.isRequested) {
      put(new Entry(task, namespace, now, true, sequence++));
    }
  }

  void remove(TaskKey task) {
    Entry entry = entries.remove(task);
    if (entry != null) {
      namespaces.computeIfPresent(
          entry.namespace, (namespace, polls) -> polls.remove(entry) ? polls : null);
    }
  }

  /** The next poll of {@code task}; null without one. */
  @Nullable Entry get(TaskKey task) {
    return entries.get(task);
  }

  boolean contains(TaskKey task) {
    return entries.containsKey(task);
  }

  int size() {
    return entries.size();
  }

  /** The earliest due time; empty without entries. */
  OptionalLong earliestDue() {
    return namespaces.values().stream()
        .flatMap(polls -> Stream.of(polls.requested, polls.regular))
        .filter(set -> !set.isEmpty())
        .map(NavigableSet::first)
        .min(BY_DUE_TIME)
        .map(entry -> OptionalLong.of(entry.due))
        .orElse(OptionalLong.empty());
  }

  /** Removes and returns the poll whose turn it is; empty when none is due. */
  Optional<Entry> take(long now) {
    Optional<Entry> first = nextDue(!wasRequested, now);
    Optional<Entry> next = first.isPresent() ? first : nextDue(wasRequested, now);
    next.ifPresent(
        entry -> {
          wasRequested = entry.isRequested;
          remove(entry.task);
          NamespacePolls polls = namespaces.remove(entry.namespace);
          if (polls != null) {
            namespaces.put(entry.namespace, polls); // served last
          }
        });
    return next;
  }

  private Optional<Entry> nextDue(boolean isRequested, long now) {
    for (NamespacePolls polls : namespaces.values()) {
      NavigableSet<Entry> set = polls.of(isRequested);
      if (!set.isEmpty() && set.first().due - now <= 0) {
        return Optional.of(set.first());
      }
    }
    return Optional.empty();
  }

  private void put(Entry entry) {
    remove(entry.task);
    entries.put(entry.task, entry);
    namespaces
        .computeIfAbsent(entry.namespace, none -> new NamespacePolls())
        .of(entry.isRequested)
        .add(entry);
  }
}
