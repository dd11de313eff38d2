package dev.acktask.operator.alibaba;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.acktask.operator.task.FreeForm;
import dev.acktask.operator.task.TaskInfo;
import dev.acktask.operator.task.TaskInfo.Event;
import dev.acktask.operator.task.TaskInfo.Problem;
import dev.acktask.operator.task.TaskInfo.Result;
import dev.acktask.operator.task.TaskInfo.Stage;
import dev.acktask.operator.task.TaskInfo.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Collects the details of a task while the top-level object of an answer is read. */
final class TaskFields {
  private static final int MAX_STAGES = 1000;
  private static final int MAX_EVENTS = 1000;
  private static final int MAX_RESULTS = 1000;

  private final JsonParser json;
  private final Omissions omissions = new Omissions();
  private final DetailReader details;
  private final ItemReader items;

  private final Map<String, String> texts = new HashMap<>();
  private final List<Stage> stages = new ArrayList<>();
  private final NewestEvents events = new NewestEvents(MAX_EVENTS);
  private final KeptResults results = new KeptResults(MAX_RESULTS);
  private @Nullable Target target;
  private @Nullable Problem error;
  private @Nullable FreeForm parameters;

  TaskFields(JsonParser json) {
    this.json = json;
    this.details = new DetailReader(json, omissions);
    this.items = new ItemReader(json, omissions);
  }

  /** Takes the value of the top-level field {@code name}; false when it is not one of a task. */
  boolean read(String name) throws IOException {
    switch (name) {
      case "cluster_id", "task_type", "created", "updated", "current_stage" -> {
        String text = details.text();
        if (text != null) {
          texts.put(name, text);
        }
      }
      case "target" -> target = items.target();
      case "error" -> error = items.problem();
      case "parameters" -> parameters = items.freeForm();
      case "stages" -> readList(this::readStage, omissions::stages);
      case "events" -> readList(this::readEvent, omissions::events);
      case "task_result" -> readList(this::readResult, omissions::results);
      default -> {
        return false;
      }
    }
    return true;
  }

  TaskInfo toTask(String taskId, String state) {
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
        stages,
        events.events(),
        results.results(),
        error,
        parameters,
        omissions.toOmitted());
  }

  /** Reads the object at the current token; false when it says nothing that can be shown. */
  @FunctionalInterface
  private interface EntryReader {
    boolean read() throws IOException;
  }

  /** A list that is not one, and an entry that is not an object, count as one dropped entry. */
  private void readList(EntryReader entries, IntConsumer dropped) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      if (json.currentToken() != JsonToken.VALUE_NULL) {
        dropped.accept(1);
      }
      json.skipChildren();
      return;
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      boolean isObject = json.currentToken() == JsonToken.START_OBJECT;
      if (!isObject) {
        json.skipChildren();
      }
      if (!isObject || !entries.read()) {
        dropped.accept(1);
      }
    }
  }

  private boolean readStage() throws IOException {
    if (stages.size() == MAX_STAGES) {
      json.skipChildren();
      return false;
    }
    Stage stage = items.stage();
    return stage != null && stages.add(stage);
  }

  private boolean readEvent() throws IOException {
    Event event = items.event();
    if (event != null) {
      events.add(event);
    }
    return event != null;
  }

  private boolean readResult() throws IOException {
    Result result = items.result();
    if (result != null) {
      results.add(result);
    }
    return result != null;
  }
}
