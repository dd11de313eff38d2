package dev.acktask.operator.alibaba.response;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.acktask.operator.task.BoundedEntries;
import dev.acktask.operator.task.TaskInfo;
import dev.acktask.operator.task.TaskInfo.Problem;
import dev.acktask.operator.task.TaskInfo.Result;
import dev.acktask.operator.task.TaskInfo.Stage;
import dev.acktask.operator.task.TaskInfo.Target;
import dev.acktask.operator.text.JsonValue;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Collects the details of a task while the top-level object of an answer is read. */
public final class TaskInfoReader {
  /**
   * Stages, events and results in memory, each. Progress and the number of failed results count
   * them all; the status has fewer ({@code AckTaskStatus.MAX_STAGES}).
   */
  private static final int MAX_ENTRIES = 1000;

  private final JsonParser json;
  private final OmittedCounter omitted = new OmittedCounter();
  private final DetailReader items;

  private final Map<String, String> texts = new HashMap<>();
  private final BoundedEntries<Stage> stages = new BoundedEntries<>(MAX_ENTRIES, stage -> false);
  private final LatestEvents events = new LatestEvents(MAX_ENTRIES);
  private final BoundedEntries<Result> results =
      new BoundedEntries<>(MAX_ENTRIES, Result::isFailed);
  private @Nullable Target target;
  private @Nullable Problem error;
  private @Nullable JsonValue parameters;

  TaskInfoReader(JsonParser json) {
    this.json = json;
    this.items = new DetailReader(json, omitted);
  }

  /** Reads the value of the top-level field {@code name}; false if it is not a field of a task. */
  boolean read(String name) throws IOException {
    switch (name) {
      case "cluster_id", "task_type", "created", "updated", "current_stage" -> {
        String text = items.text();
        if (text != null) {
          texts.put(name, text);
        }
      }
      case "target" -> target = items.target();
      case "error" -> error = items.problem();
      case "parameters" -> parameters = items.jsonValue();
      case "stages" -> readList(items::stage, stages::add, omitted::stages);
      case "events" -> readList(items::event, events::add, omitted::events);
      case "task_result" -> readList(items::result, results::add, omitted::results);
      default -> {
        return false;
      }
    }
    return true;
  }

  TaskInfo toTask(String taskId, String state) {
    omitted.stages(stages.dropped());
    omitted.events(events.dropped());
    omitted.results(results.dropped());
    return TaskInfo.builder(taskId, state)
        .clusterId(texts.get("cluster_id"))
        .taskType(texts.get("task_type"))
        .created(texts.get("created"))
        .updated(texts.get("updated"))
        .target(target)
        .currentStage(texts.get("current_stage"))
        .stages(stages.entries())
        .events(events.events())
        .results(results.entries())
        .error(error)
        .parameters(parameters)
        .omitted(omitted.toOmitted())
        .build();
  }

  /** Reads the object at the current token; null if it has nothing usable. */
  @FunctionalInterface
  private interface EntryReader<T> {
    @Nullable T read() throws IOException;
  }

  /** A value that is not a list, and an entry that is not an object, count as one dropped entry. */
  private <T> void readList(EntryReader<T> entries, Consumer<T> kept, IntConsumer dropped)
      throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      if (json.currentToken() != JsonToken.VALUE_NULL) {
        dropped.accept(1);
      }
      json.skipChildren();
      return;
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      boolean isObject = json.currentToken() == JsonToken.START_OBJECT;
      T entry = isObject ? entries.read() : null;
      if (entry != null) {
        kept.accept(entry);
      } else {
        json.skipChildren();
        dropped.accept(1);
      }
    }
  }
}
