package dev.acktask.operator.polling;

import dev.acktask.operator.task.TaskInfo;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.text.JsonValue;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The latest observations, bounded by their size; the least recently used are dropped. The status
 * holds what was observed, so losing one costs one more poll at most. Thread-safe.
 *
 * <p>A cache that prefers frequently used entries would not do: it refuses new ones when it is
 * full, so that a change might never reach the status.
 */
public final class ObservationCache {
  private record Entry(Observation observation, int bytes) {}

  /** Heap of an entry without its texts, in bytes. */
  private static final int ENTRY = 400;

  /** Heap of a string without its characters, in bytes. */
  private static final int STRING = 40;

  private static final int LATIN_1 = 255;

  /** Heap of a stage, an event or a result without its texts, in bytes. */
  private static final int ITEM = 80;

  private final long maxBytes;
  private final Map<TaskKey, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long totalBytes;
  private long order;

  /**
   * @param maxBytes approximate maximum heap of all observations; one that is larger is held alone
   */
  public ObservationCache(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** The next number in the order of polls and refresh requests, of all connections together. */
  synchronized long nextOrder() {
    return ++order;
  }

  synchronized @Nullable Observation get(TaskKey task) {
    Entry entry = entries.get(task);
    return entry == null ? null : entry.observation;
  }

  synchronized void put(TaskKey task, Observation observation) {
    remove(task);
    Entry entry = new Entry(observation, bytes(observation.lookup()));
    entries.put(task, entry);
    totalBytes += entry.bytes;
    Iterator<Entry> leastRecent = entries.values().iterator();
    while (totalBytes > maxBytes && entries.size() > 1) {
      totalBytes -= leastRecent.next().bytes;
      leastRecent.remove();
    }
  }

  synchronized void remove(TaskKey task) {
    Entry entry = entries.remove(task);
    if (entry != null) {
      totalBytes -= entry.bytes;
    }
  }

  /** Approximate heap of {@code lookup} in bytes. */
  private static int bytes(TaskLookup lookup) {
    if (!(lookup instanceof TaskLookup.Found found)) {
      return ENTRY;
    }
    TaskInfo task = found.task();
    long bytes = ENTRY;
    for (TaskInfo.Stage stage : task.stages()) {
      bytes += ITEM + text(stage.message()) + json(stage.outputs());
    }
    for (TaskInfo.Event event : task.events()) {
      bytes += ITEM + text(event.message()) + text(event.reason()) + text(event.source());
    }
    for (TaskInfo.Result result : task.results()) {
      bytes += ITEM + text(result.data()) + text(result.status());
    }
    bytes += json(task.parameters());
    return (int) Math.min(bytes, Integer.MAX_VALUE);
  }

  private static long text(@Nullable String text) {
    return text == null ? 0 : STRING + text.length() * (isLatin1(text) ? 1L : 2L);
  }

  /** True if the JVM stores one byte per character (JEP 254). */
  private static boolean isLatin1(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > LATIN_1) {
        return false;
      }
    }
    return true;
  }

  private static long json(@Nullable JsonValue value) {
    return switch (value) {
      case null -> 0;
      case JsonValue.Text text -> ITEM + text(text.value());
      case JsonValue.Obj object ->
          sum(object.members().stream().map(JsonValue.Member::value).toList());
      case JsonValue.Arr array -> sum(array.items());
      case JsonValue.Literal literal -> ITEM + text(literal.json());
    };
  }

  private static long sum(List<JsonValue> values) {
    return ITEM + values.stream().mapToLong(ObservationCache::json).sum();
  }
}
