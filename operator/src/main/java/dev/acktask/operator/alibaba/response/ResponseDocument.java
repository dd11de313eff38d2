package dev.acktask.operator.alibaba.response;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.acktask.operator.task.TaskInfo;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The JSON object of an answer about one task. */
public final class ResponseDocument implements StrictJson.Fields {
  private final JsonParser json;
  private final TaskInfoReader task;
  private final CommonFields common;
  private @Nullable String taskId;
  private @Nullable String state;
  private boolean hasState;

  ResponseDocument(JsonParser json) {
    this.json = json;
    this.task = new TaskInfoReader(json);
    this.common = new CommonFields(json);
  }

  @Override
  public void read(String name) throws IOException {
    switch (name) {
      case "task_id" -> taskId = stringOrNull();
      case "state" -> {
        hasState = true;
        state = stringOrNull();
      }
      default -> {
        if (!task.read(name)) {
          common.read(name);
        }
      }
    }
  }

  private @Nullable String stringOrNull() throws IOException {
    String text = json.currentToken() == JsonToken.VALUE_STRING ? json.getText() : null;
    json.skipChildren();
    return text;
  }

  /** The id of the task, or null when it is missing or not a string. */
  @Nullable String taskId() {
    return taskId;
  }

  /** The state word exactly as sent, or null when it is missing or not a string. */
  @Nullable String state() {
    return state;
  }

  /** True if the answer has a {@code state} of any type. */
  boolean hasState() {
    return hasState;
  }

  /** See {@link CommonFields#error}. */
  @Nullable ErrorBody error() {
    return common.error();
  }

  /** See {@link CommonFields#requestId}. */
  @Nullable String requestId() {
    return common.requestId();
  }

  TaskInfo toTask(String id, String word) {
    return task.toTask(id, word);
  }
}
