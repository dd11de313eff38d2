package dev.acktask.simulator.journal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was served, oldest first; the counts are of everything, the entries of late only. */
public final class Journal {
  /** More than this many entries, and the oldest are forgotten. */
  public static final int MOST = 10_000;

  private final Deque<Served> entries = new ArrayDeque<>();
  private final Map<String, Integer> requests = new HashMap<>();

  public synchronized void add(Served served) {
    if (entries.size() == MOST) {
      entries.removeFirst();
    }
    entries.addLast(served);
    served.taskId().ifPresent(taskId -> requests.merge(taskId, 1, Integer::sum));
  }

  public synchronized List<Served> served() {
    return List.copyOf(entries);
  }

  public synchronized List<Served> served(String taskId) {
    return entries.stream()
        .filter(served -> served.taskId().filter(taskId::equals).isPresent())
        .toList();
  }

  /** All requests that named {@code taskId}, whatever came of them. */
  public synchronized int requests(String taskId) {
    return requests.getOrDefault(taskId, 0);
  }

  public synchronized void clear() {
    entries.clear();
    requests.clear();
  }
}
