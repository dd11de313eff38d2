package dev.acktask.operator.alibaba.response;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.acktask.operator.task.TaskInfo.Event;
import dev.acktask.operator.task.TaskInfo.Problem;
import dev.acktask.operator.task.TaskInfo.Result;
import dev.acktask.operator.task.TaskInfo.Stage;
import dev.acktask.operator.task.TaskInfo.Target;
import dev.acktask.operator.task.TaskState;
import dev.acktask.operator.text.BoundedText;
import dev.acktask.operator.text.JsonValue;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values and small objects of an answer that are for display only. None can fail the
 * answer: values of an unexpected type are dropped, long ones cut, and both are counted. Each
 * method starts on the value's first token, ends on its last, and returns null if it has nothing
 * usable.
 */
final class DetailReader {
  /** UTF-16 units of one text. */
  static final int MAX_TEXT = 4096;

  /** Objects, arrays and scalars of one free-form value. */
  private static final int MAX_NODES = 1000;

  /** UTF-16 units of one free-form value. */
  private static final int MAX_JSON_TEXT = 16 * 1024;

  private static final Set<String> TARGET = Set.of("id", "type");
  private static final Set<String> PROBLEM = Set.of("code", "message");
  private static final Set<String> STAGE = Set.of("state", "start_time", "end_time", "message");
  private static final Set<String> RESULT = Set.of("data", "status");
  private static final Set<String> EVENT =
      Set.of("timestamp", "level", "action", "reason", "message", "source");

  private final JsonParser json;
  private final OmittedCounter omitted;

  DetailReader(JsonParser json, OmittedCounter omitted) {
    this.json = json;
    this.omitted = omitted;
  }

  /** A string, or a number or boolean as written; null when absent or of another type. */
  @Nullable String text() throws IOException {
    String text = scalar();
    if (text == null || text.length() <= MAX_TEXT) {
      return text;
    }
    omitted.field();
    return BoundedText.of(text, MAX_TEXT);
  }

  @Nullable JsonValue jsonValue() throws IOException {
    return new JsonValueReader(json, omitted, MAX_NODES, MAX_JSON_TEXT).read();
  }

  @Nullable Target target() throws IOException {
    Map<String, String> found = texts(TARGET);
    return found.isEmpty() ? null : new Target(found.get("id"), found.get("type"));
  }

  /** An empty object means no error; a bare string is a message without a code. */
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
    JsonValue[] outputs = new JsonValue[1];
    Map<String, String> found =
        object(
            STAGE,
            name -> {
              if (!name.equals("outputs")) {
                json.skipChildren();
              } else if (outputs[0] == null) {
                outputs[0] = jsonValue();
              } else {
                skipUnexpected();
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

  /** Reads a field that is not an expected text, up to the value's last token. */
  @FunctionalInterface
  private interface OtherField {
    void read(String name) throws IOException;
  }

  private Map<String, String> texts(Set<String> names) throws IOException {
    return object(names, name -> json.skipChildren());
  }

  /** The texts of an object by name; empty if the value is not an object. */
  private Map<String, String> object(Set<String> names, OtherField others) throws IOException {
    Map<String, String> found = new HashMap<>();
    if (json.currentToken() != JsonToken.START_OBJECT) {
      skipUnexpected();
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
   * Keeps the first of two values with one name. The status of a result decides the verdict: it is
   * never cut, because its last letter may matter, and a failed one replaces another.
   */
  private void put(Map<String, String> found, String name) throws IOException {
    boolean isStatus = name.equals("status");
    String value = isStatus ? scalar() : text();
    if (value == null) {
      return;
    }
    if (found.containsKey(name)) {
      omitted.field();
    }
    if (isStatus && TaskState.of(value).isFailure()) {
      found.put(name, value);
    } else {
      found.putIfAbsent(name, value);
    }
  }

  private @Nullable String scalar() throws IOException {
    if (json.currentToken().isScalarValue() && json.currentToken() != JsonToken.VALUE_NULL) {
      return json.getText();
    }
    skipUnexpected();
    return null;
  }

  /** Skips and counts a value of an unexpected type; null counts as absent. */
  private void skipUnexpected() throws IOException {
    if (json.currentToken() != JsonToken.VALUE_NULL) {
      omitted.field();
    }
    json.skipChildren();
  }
}
