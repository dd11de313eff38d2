package dev.acktask.simulator.requestlog;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The last {@link #MAX_ENTRIES} requests, oldest first, and counts of all requests: per task, and
 * of lists per cluster.
 */
public final class RequestLog {
  public static final int MAX_ENTRIES = 10_000;

  private final Deque<RequestRecord> entries = new ArrayDeque<>();
  private final Map<String, Integer> requests = new HashMap<>();
  private final Map<String, Integer> lists = new HashMap<>();

  public synchronized void add(RequestRecord served) {
    if (entries.size() == MAX_ENTRIES) {
      entries.removeFirst();
    }
    entries.addLast(served);
    count(requests, served.taskId());
    count(lists, served.clusterId());
  }

  private static void count(Map<String, Integer> counts, Optional<String> id) {
    id.ifPresent(some -> counts.merge(some, 1, Integer::sum));
  }

  public synchronized List<RequestRecord> served() {
    return List.copyOf(entries);
  }

  public synchronized List<RequestRecord> served(String taskId) {
    return entries.stream()
        .filter(served -> served.taskId().filter(taskId::equals).isPresent())
        .toList();
  }

  /** Number of all requests that named {@code taskId}, refused ones included. */
  public synchronized int requests(String taskId) {
    return requests.getOrDefault(taskId, 0);
  }

  /** Number of all requests that listed the tasks of {@code clusterId}, refused ones included. */
  public synchronized int lists(String clusterId) {
    return lists.getOrDefault(clusterId, 0);
  }

  public synchronized void clear() {
    entries.clear();
    requests.clear();
    lists.clear();
  }
}
