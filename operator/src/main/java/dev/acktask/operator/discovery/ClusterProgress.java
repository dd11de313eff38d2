package dev.acktask.operator.discovery;

import dev.acktask.operator.api.v1alpha1.DiscoveryStatus;
import dev.acktask.operator.api.v1alpha1.DiscoveryStatus.Watermark;
import dev.acktask.operator.task.ListedTask;
import dev.acktask.operator.text.CloudTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks of one cluster are done: an AckTask exists for them, or did. A done task never gets
 * another one, also after its AckTask was deleted.
 *
 * <p>A task is done if it was created before the line, or if its id is in {@code recent}. The line
 * stays ten minutes behind the newest done task, because a list may show a task late, and never
 * passes a selected task that is not done: such a task waits for room or for a failure to pass.
 * Both change only once an AckTask exists: a crash before the status is written leaves the task to
 * be found again, with its AckTask.
 *
 * <p>Tasks that were not selected do not hold the line. So after a change of the filters, only
 * tasks newer than the line are created.
 *
 * @param line null before the first AckTask
 * @param recent ids of done tasks, in the order in which they were done, with the creation time; a
 *     null time is not known
 */
public record ClusterProgress(@Nullable Instant line, Map<String, @Nullable Instant> recent) {
  /** How late a list may show a task. */
  public static final Duration OVERLAP = Duration.ofMinutes(10);

  /** Nothing is done. */
  public static final ClusterProgress NONE = new ClusterProgress(null, Map.of());

  /**
   * Ids in memory and in the status. With more, the line passes the oldest tasks that wait: they
   * are {@link #givenUp}.
   */
  static final int MAX_RECENT = DiscoveryStatus.MAX_RECENT;

  /** Characters of the ids of all clusters in the status, which must fit into one object. */
  static final int MAX_STORED_LENGTH = 600_000;

  /** Copies the map in its order. */
  public ClusterProgress {
    recent = Collections.unmodifiableMap(new LinkedHashMap<>(recent));
  }

  /** What the status of a discovery holds; a line in the future of {@code now} is not believed. */
  public static ClusterProgress of(Watermark stored, Instant now) {
    Instant created = CloudTime.instant(stored.created());
    Map<String, @Nullable Instant> ids = new LinkedHashMap<>();
    stored.recent().stream().limit(MAX_RECENT).forEach(id -> ids.put(id, null));
    Instant line =
        created == null || created.isAfter(now.plus(OVERLAP)) ? null : created.minus(OVERLAP);
    return new ClusterProgress(line, ids);
  }

  /** True if {@code task} gets no AckTask any more. */
  public boolean isDone(ListedTask task) {
    Instant created = task.created();
    return recent.containsKey(task.task().taskId())
        || (line != null && created != null && created.isBefore(line));
  }

  /** What is done by this or by {@code other}, which another replica wrote. */
  public ClusterProgress merge(ClusterProgress other) {
    Map<String, @Nullable Instant> all = new LinkedHashMap<>(other.recent);
    recent.forEach(
        (id, created) -> {
          if (created != null || !all.containsKey(id)) {
            all.put(id, created);
          }
        });
    return new ClusterProgress(later(line, other.line), all);
  }

  /**
   * The progress once AckTasks exist for {@code existing}.
   *
   * @param existing ids of tasks of {@code swept}, created now or before
   * @param oldest creation time of the oldest task that can be selected
   */
  public ClusterProgress after(SelectedTasks swept, Collection<String> existing, Instant oldest) {
    Map<String, @Nullable Instant> done = new LinkedHashMap<>(recent);
    existing.forEach(id -> done.putIfAbsent(id, null));
    for (ListedTask task : swept.tasks()) {
      if (task.created() != null && done.containsKey(task.task().taskId())) {
        done.put(task.task().taskId(), task.created());
      }
    }
    if (done.keySet().equals(recent.keySet())) {
      return new ClusterProgress(line, done);
    }
    Instant next = Objects.requireNonNull(later(line, oldest));
    if (swept.isComplete()) {
      next = later(next, earlier(newest(done), firstWaiting(swept, done)));
    }
    return new ClusterProgress(next, done).bounded();
  }

  /**
   * Number of tasks that never had an AckTask and get none any more, because {@code after} has no
   * room for the ids of all tasks that are newer.
   *
   * @param existing as in {@link #after}
   * @param after the progress that follows this one
   */
  public int givenUp(SelectedTasks swept, Collection<String> existing, ClusterProgress after) {
    Set<String> withAckTask = Set.copyOf(existing);
    return (int)
        swept.tasks().stream()
            .filter(task -> !withAckTask.contains(task.task().taskId()))
            .filter(task -> !isDone(task) && after.isDone(task))
            .count();
  }

  /**
   * For the status; empty while nothing is done.
   *
   * @param clusters number of clusters that share the space
   */
  public Stream<Watermark> stored(String connection, String clusterId, int clusters) {
    if (line == null && recent.isEmpty()) {
      return Stream.empty();
    }
    Instant behind = line == null ? Instant.EPOCH : line;
    return Stream.of(
        new Watermark(connection, clusterId, behind.plus(OVERLAP).toString(), storedIds(clusters)));
  }

  private List<String> storedIds(int clusters) {
    List<String> ids = new ArrayList<>(recent.keySet()).reversed();
    List<String> kept = new ArrayList<>();
    int length = 0;
    for (String id : ids) {
      length += id.length();
      if (length > MAX_STORED_LENGTH / clusters) {
        break;
      }
      kept.add(id);
    }
    return List.copyOf(kept.reversed());
  }

  /** Without ids before the line, and within {@link #MAX_RECENT}: the line moves if it must. */
  private ClusterProgress bounded() {
    List<Instant> above =
        recent.values().stream()
            .filter(Objects::nonNull)
            .filter(time -> line == null || !time.isBefore(line))
            .sorted()
            .toList();
    long unknown = recent.values().stream().filter(Objects::isNull).count();
    int excess = (int) Math.min(above.size() + unknown - MAX_RECENT, above.size());
    Instant from = excess <= 0 ? line : above.get(excess - 1).plusMillis(1);
    Map<String, @Nullable Instant> kept = new LinkedHashMap<>();
    recent.forEach(
        (id, time) -> {
          if (time == null || from == null || !time.isBefore(from)) {
            kept.put(id, time);
          }
        });
    List<String> ids = List.copyOf(kept.keySet());
    ids.subList(0, Math.max(0, ids.size() - MAX_RECENT)).forEach(kept::remove);
    return new ClusterProgress(from, kept);
  }

  private static @Nullable Instant newest(Map<String, @Nullable Instant> done) {
    return done.values().stream()
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .map(time -> time.minus(OVERLAP))
        .orElse(null);
  }

  private @Nullable Instant firstWaiting(SelectedTasks swept, Map<String, @Nullable Instant> done) {
    return swept.tasks().stream()
        .filter(task -> !done.containsKey(task.task().taskId()) && !isDone(task))
        .map(ListedTask::created)
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  /** The earlier of both; {@code b} null for none. */
  private static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
    return a == null || b == null || a.isBefore(b) ? a : b;
  }

  private static @Nullable Instant later(@Nullable Instant a, @Nullable Instant b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.isAfter(b) ? a : b;
  }
}
