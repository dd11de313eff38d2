package dev.acktask.operator.alibaba;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.acktask.operator.task.FreeForm;
import dev.acktask.operator.task.TaskInfo.Event;
import dev.acktask.operator.task.TaskInfo.Problem;
import dev.acktask.operator.task.TaskInfo.Result;
import dev.acktask.operator.task.TaskInfo.Stage;
import dev.acktask.operator.task.TaskInfo.Target;
import dev.acktask.operator.task.TaskState;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the small objects of an answer. Each method gives null when there is nothing to show. */
final class ItemReader {
  /** Objects, arrays and scalars of one free-form value. */
  private static final int MAX_NODES = 1000;

  /** UTF-16 units of one free-form value. */
  private static final int MAX_FREE_TEXT = 16 * 1024;

  private static final Set<String> TARGET = Set.of("id", "type");
  private static final Set<String> PROBLEM = Set.of("code", "message");
  private static final Set<String> EVENT =
      Set.of("timestamp", "level", "action", "reason", "message", "source");

  private final JsonParser json;
  private final Omissions omissions;
  private final DetailReader details;

  ItemReader(JsonParser json, Omissions omissions) {
    this.json = json;
    this.omissions = omissions;
    this.details = new DetailReader(json, omissions);
  }

  @Nullable FreeForm freeForm() throws IOException {
    return new FreeFormReader(json, omissions, MAX_NODES, MAX_FREE_TEXT).read();
  }

  @Nullable Target target() throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      details.skipOdd();
      return null;
    }
    Map<String, String> found = texts(TARGET);
    return found.isEmpty() ? null : new Target(found.get("id"), found.get("type"));
  }

  /** An empty object says that there is no error; a bare string is a message without a code. */
  @Nullable Problem problem() throws IOException {
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      String message = details.text();
      return message == null || message.isBlank() ? null : new Problem(null, message);
    }
    if (json.currentToken() != JsonToken.START_OBJECT) {
      details.skipOdd();
      return null;
    }
    Map<String, String> found = texts(PROBLEM);
    boolean isBlank = found.values().stream().allMatch(String::isBlank);
    return isBlank ? null : new Problem(found.get("code"), found.get("message"));
  }

  @Nullable Event event() throws IOException {
    Map<String, String> found = texts(EVENT);
    return found.isEmpty()
        ? null
        : new Event(
            found.get("timestamp"),
            found.get("level"),
            found.get("action"),
            found.get("reason"),
            found.get("message"),
            found.get("source"));
  }

  @Nullable Stage stage() throws IOException {
    Map<String, String> found = new HashMap<>();
    FreeForm[] outputs = new FreeForm[1];
    details.object(
        name ->
            switch (name) {
              case "state", "start_time", "end_time", "message" -> put(found, name, details.text());
              case "outputs" -> {
                if (outputs[0] == null) {
                  outputs[0] = freeForm();
                } else {
                  details.skipOdd();
                }
                yield true;
              }
              default -> false;
            });
    return found.isEmpty() && outputs[0] == null
        ? null
        : new Stage(
            found.get("state"),
            found.get("start_time"),
            found.get("end_time"),
            found.get("message"),
            outputs[0]);
  }

  /**
   * The status is kept whole, and of two the failed one: a failed result decides the verdict, so it
   * may not be lost in a cut or in a repeated key.
   */
  @Nullable Result result() throws IOException {
    Map<String, String> found = new HashMap<>();
    details.object(
        name ->
            switch (name) {
              case "data" -> put(found, name, details.text());
              case "status" -> {
                String status = details.word();
                if (status != null && found.containsKey(name) && isFailure(status)) {
                  found.remove(name);
                  omissions.field();
                }
                yield put(found, name, status);
              }
              default -> false;
            });
    return found.isEmpty() ? null : new Result(found.get("data"), found.get("status"));
  }

  static boolean isFailure(@Nullable String status) {
    if (status == null) {
      return false;
    }
    TaskState state = TaskState.of(status);
    return state == TaskState.FAILED || state == TaskState.CANCELED;
  }

  private Map<String, String> texts(Set<String> names) throws IOException {
    Map<String, String> found = new HashMap<>();
    details.object(name -> names.contains(name) && put(found, name, details.text()));
    return found;
  }

  /** The first of two values with one name is kept. */
  private boolean put(Map<String, String> found, String name, @Nullable String value) {
    if (value != null && found.putIfAbsent(name, value) != null) {
      omissions.field();
    }
    return true;
  }
}
