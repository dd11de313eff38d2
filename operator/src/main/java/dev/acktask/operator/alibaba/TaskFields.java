package dev.acktask.operator.alibaba;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.acktask.operator.task.FreeForm;
import dev.acktask.operator.task.TaskInfo;
import dev.acktask.operator.task.TaskInfo.Problem;
import dev.acktask.operator.task.TaskInfo.Result;
import dev.acktask.operator.task.TaskInfo.Stage;
import dev.acktask.operator.task.TaskInfo.Target;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Collects the details of a task while the top-level object of an answer is read. */
final class TaskFields {
  /** Stages, events and results, each. */
  private static final int MAX_ENTRIES = 1000;

  private final JsonParser json;
  private final Omissions omissions = new Omissions();
  private final ItemReader items;

  private final Map<String, String> texts = new HashMap<>();
  private final KeptEntries<Stage> stages = new KeptEntries<>(MAX_ENTRIES, stage -> false);
  private final NewestEvents events = new NewestEvents(MAX_ENTRIES);
  private final KeptEntries<Result> results =
      new KeptEntries<>(MAX_ENTRIES, result -> ItemReader.isFailure(result.status()));
  private @Nullable Target target;
  private @Nullable Problem error;
  private @Nullable FreeForm parameters;

  TaskFields(JsonParser json) {
    this.json = json;
    this.items = new ItemReader(json, omissions);
  }

  /** Takes the value of the top-level field {@code name}; false when it is not one of a task. */
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
      case "parameters" -> parameters = items.freeForm();
      case "stages" -> readList(items::stage, stages::add, omissions::stages);
      case "events" -> readList(items::event, events::add, omissions::events);
      case "task_result" -> readList(items::result, results::add, omissions::results);
      default -> {
        return false;
      }
    }
    return true;
  }

  TaskInfo toTask(String taskId, String state) {
    omissions.stages(stages.dropped());
    omissions.events(events.dropped());
    omissions.results(results.dropped());
    return new TaskInfo(
        taskId,
        state,
        texts.get("cluster_id"),
        texts.get("task_type"),
        texts.get("created"),
        texts.get("updated"),
        target,
        texts.get("current_stage"),
        stages.entries(),
        events.events(),
        results.entries(),
        error,
        parameters,
        omissions.toOmitted());
  }

  /** Reads the object at the current token; null when it says nothing that can be shown. */
  @FunctionalInterface
  private interface EntryReader<T> {
    @Nullable T read() throws IOException;
  }

  /** A list that is not one, and an entry that is not an object, count as one dropped entry. */
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
