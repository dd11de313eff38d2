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

/**
 * Reads the values and small objects of an answer that are shown only. Whatever they are, they
 * never fail the answer: odd ones are dropped, long ones cut, and both are counted. Each method
 * starts on the value's first token, ends on its last, and gives null when there is nothing to
 * show.
 */
final class ItemReader {
  /** UTF-16 units of one text. */
  static final int MAX_TEXT = 4096;

  /** Objects, arrays and scalars of one free-form value. */
  private static final int MAX_NODES = 1000;

  /** UTF-16 units of one free-form value. */
  private static final int MAX_FREE_TEXT = 16 * 1024;

  private static final Set<String> TARGET = Set.of("id", "type");
  private static final Set<String> PROBLEM = Set.of("code", "message");
  private static final Set<String> STAGE = Set.of("state", "start_time", "end_time", "message");
  private static final Set<String> RESULT = Set.of("data", "status");
  private static final Set<String> EVENT =
      Set.of("timestamp", "level", "action", "reason", "message", "source");

  private final JsonParser json;
  private final Omissions omissions;

  ItemReader(JsonParser json, Omissions omissions) {
    this.json = json;
    this.omissions = omissions;
  }

  /** A string, or a number or boolean as it is spelled; null when absent or odd. */
  @Nullable String text() throws IOException {
    String text = word();
    if (text == null || text.length() <= MAX_TEXT) {
      return text;
    }
    omissions.field();
    return BoundedText.of(text, MAX_TEXT);
  }

  @Nullable FreeForm freeForm() throws IOException {
    return new FreeFormReader(json, omissions, MAX_NODES, MAX_FREE_TEXT).read();
  }

  @Nullable Target target() throws IOException {
    Map<String, String> found = texts(TARGET);
    return found.isEmpty() ? null : new Target(found.get("id"), found.get("type"));
  }

  /** An empty object says that there is no error; a bare string is a message without a code. */
  @Nullable Problem problem() throws IOException {
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      String message = text();
      return message == null || message.isBlank() ? null : new Problem(null, message);
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
    FreeForm[] outputs = new FreeForm[1];
    Map<String, String> found =
        object(
            STAGE,
            name -> {
              if (!name.equals("outputs")) {
                json.skipChildren();
              } else if (outputs[0] == null) {
                outputs[0] = freeForm();
              } else {
                skipOdd();
              }
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

  @Nullable Result result() throws IOException {
    Map<String, String> found = texts(RESULT);
    return found.isEmpty() ? null : new Result(found.get("data"), found.get("status"));
  }

  static boolean isFailure(@Nullable String status) {
    if (status == null) {
      return false;
    }
    TaskState state = TaskState.of(status);
    return state == TaskState.FAILED || state == TaskState.CANCELED;
  }

  /** Takes a field whose name is not one of the expected texts, up to the value's last token. */
  @FunctionalInterface
  private interface OtherField {
    void read(String name) throws IOException;
  }

  private Map<String, String> texts(Set<String> names) throws IOException {
    return object(names, name -> json.skipChildren());
  }

  /** The texts of an object by name; none of a value that is not an object. */
  private Map<String, String> object(Set<String> names, OtherField others) throws IOException {
    Map<String, String> found = new HashMap<>();
    if (json.currentToken() != JsonToken.START_OBJECT) {
      skipOdd();
      return found;
    }
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      if (names.contains(name)) {
        put(found, name);
      } else {
        others.read(name);
      }
    }
    return found;
  }

  /**
   * Keeps the first of two values with one name. The status of a result decides the verdict, so it
   * is kept whole, because its meaning may be in its last letter, and of two the failed one.
   */
  private void put(Map<String, String> found, String name) throws IOException {
    boolean isStatus = name.equals("status");
    String value = isStatus ? word() : text();
    if (value == null) {
      return;
    }
    if (found.containsKey(name)) {
      omissions.field();
    }
    if (isStatus && isFailure(value)) {
      found.put(name, value);
    } else {
      found.putIfAbsent(name, value);
    }
  }

  private @Nullable String word() throws IOException {
    if (json.currentToken().isScalarValue() && json.currentToken() != JsonToken.VALUE_NULL) {
      return json.getText();
    }
    skipOdd();
    return null;
  }

  /** Passes over a value that is not what it should be; a null is merely absent. */
  private void skipOdd() throws IOException {
    if (json.currentToken() != JsonToken.VALUE_NULL) {
      omissions.field();
    }
    json.skipChildren();
  }
}
