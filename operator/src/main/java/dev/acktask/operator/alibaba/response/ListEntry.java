package dev.acktask.operator.alibaba.response;

import dev.acktask.operator.task.ListedCluster;
import dev.acktask.operator.task.TaskRef;
import dev.acktask.operator.text.CloudTime;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The texts of one entry of a list, made valid or safe.
 *
 * @param texts as sent, by field
 */
record ListEntry(Map<String, String> texts, SafeWords words) {
  /** A valid task id, or the id of a plan, which has the same form. */
  Optional<TaskRef> id(String field) {
    return TaskRef.parse(texts.getOrDefault(field, ""));
  }

  /** True if the entry names another cluster than {@code clusterId}. */
  boolean isOfAnotherCluster(String clusterId) {
    return !texts.getOrDefault("cluster_id", clusterId).strip().equals(clusterId);
  }

  Optional<String> clusterId() {
    return Optional.ofNullable(texts.get("cluster_id")).filter(ListedCluster::isId);
  }

  @Nullable String word(String field) {
    return words.word(texts.get(field));
  }

  @Nullable String verbatim(String field) {
    return words.verbatim(texts.get(field));
  }

  @Nullable Instant instant(String field) {
    return CloudTime.instant(texts.get(field));
  }

  /** A time as it was sent; it holds nothing else. Another text is made safe. */
  @Nullable String time(String field) {
    String text = texts.get(field);
    return text == null || CloudTime.written(text) == null ? word(field) : text.strip();
  }
}
