package dev.acktask.operator.alibaba.response;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.acktask.operator.alibaba.HttpAnswer.Body;
import dev.acktask.operator.task.TaskInfo;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The single JSON object of an answer, parsed strictly: RFC 8259, nothing before or after it, no
 * repeated name. A repeated {@code state} would be ambiguous, and with it the verdict.
 */
public final class ResponseDocument {
  /** Real answers have less than a tenth of these; each name is kept in memory during parsing. */
  private static final int MAX_FIELDS = 10_000;

  /** The size of the body bounds all lengths; {@link JsonDepthLimiter} the nesting. */
  private static final JsonFactory STRICT =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(JsonDepthLimiter.MAX_LEVELS)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private final TaskInfoReader task;
  private final Set<String> names = new HashSet<>();
  private final Map<String, String> strings = new HashMap<>();
  private final Map<String, String> scalars = new HashMap<>();

  private ResponseDocument(JsonParser json) {
    this.task = new TaskInfoReader(json);
  }

  /**
   * The document in {@code body}; empty if the body is anything else.
   *
   * <p>Malformed UTF-8 is replaced, never dropped, so that a damaged message neither loses the
   * verdict nor moves a quote. The JSON library gets characters: from bytes it would also detect
   * UTF-16 and UTF-32, and skip a byte order mark.
   */
  static Optional<ResponseDocument> parse(Body.Complete body) {
    try {
      if (JsonDepthLimiter.isShallow(body.stream())) {
        return parseShallow(new InputStreamReader(body.stream(), StandardCharsets.UTF_8));
      }
      return JsonDepthLimiter.cut(new String(body.stream().readAllBytes(), StandardCharsets.UTF_8))
          .flatMap(text -> parseShallow(new StringReader(text)));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible); // all of it is in memory
    }
  }

  private static Optional<ResponseDocument> parseShallow(Reader text) {
    try (JsonParser json = STRICT.createParser(text)) {
      ResponseDocument document = new ResponseDocument(json);
      boolean isOneObject = document.readObject(json) && json.nextToken() == null;
      return isOneObject ? Optional.of(document) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private boolean readObject(JsonParser json) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      return false;
    }
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      if (!names.add(name) || names.size() > MAX_FIELDS) {
        return false;
      }
      json.nextToken();
      if (!task.read(name)) {
        readPlain(json, name);
      }
    }
    return true;
  }

  private void readPlain(JsonParser json, String name) throws IOException {
    switch (name) {
      case "task_id", "state" -> {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
          strings.put(name, json.getText());
        }
      }
      case "code", "Code", "message", "Message", "requestId", "RequestId" -> {
        if (json.currentToken() == JsonToken.VALUE_STRING || json.currentToken().isNumeric()) {
          scalars.put(name, json.getText().strip());
        }
      }
      default -> {}
    }
    json.skipChildren();
  }

  /** The id of the task, or null when it is missing or not a string. */
  @Nullable String taskId() {
    return strings.get("task_id");
  }

  /** The state word exactly as sent, or null when it is missing or not a string. */
  @Nullable String state() {
    return strings.get("state");
  }

  /** True if the answer has a {@code state} of any type. */
  boolean hasState() {
    return names.contains("state");
  }

  /** The answer as an error object; null if it has no code. */
  @Nullable ErrorBody error() {
    String code = scalars.getOrDefault("code", "");
    boolean isFromProduct = !code.isEmpty();
    if (!isFromProduct) {
      code = scalars.getOrDefault("Code", "");
    }
    String message = scalars.getOrDefault("message", scalars.get("Message"));
    return code.isEmpty() ? null : new ErrorBody(code, message, isFromProduct);
  }

  /** The cloud's id of the request, unchecked. */
  @Nullable String requestId() {
    return scalars.getOrDefault("requestId", scalars.get("RequestId"));
  }

  TaskInfo toTask(String taskId, String state) {
    return task.toTask(taskId, state);
  }
}
