package dev.acktask.operator.alibaba;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.acktask.operator.http.HttpAnswer.Body;
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
 * The one JSON object that an answer is, read strictly: RFC 8259, nothing before or after it, no
 * name twice. Two readers that disagree about a repeated {@code state} would disagree about the
 * verdict; such an answer is none.
 */
final class AnswerDocument {
  /** No answer of this API has a tenth of these; each name is held while the answer is read. */
  private static final int MAX_FIELDS = 10_000;

  /** The size of the body bounds all lengths; {@link NestingLimit} the nesting. */
  private static final JsonFactory STRICT =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(NestingLimit.MAX_LEVELS)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private final TaskFields task;
  private final Set<String> names = new HashSet<>();
  private final Map<String, String> strings = new HashMap<>();
  private final Map<String, String> scalars = new HashMap<>();

  private AnswerDocument(JsonParser json) {
    this.task = new TaskFields(json);
  }

  /**
   * The document in {@code body}, or empty when the body is anything else.
   *
   * <p>The bytes are UTF-8. Bytes that are not are replaced, never dropped, so that a mangled
   * message neither costs the verdict nor moves a quote. The JSON library gets characters, because
   * from bytes it would guess UTF-16 and UTF-32 as well, and pass over a byte order mark.
   */
  static Optional<AnswerDocument> parse(Body.Complete body) {
    try {
      if (NestingLimit.isShallow(body.stream())) {
        return parseShallow(new InputStreamReader(body.stream(), StandardCharsets.UTF_8));
      }
      return NestingLimit.cut(new String(body.stream().readAllBytes(), StandardCharsets.UTF_8))
          .flatMap(text -> parseShallow(new StringReader(text)));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible); // all of it is in memory
    }
  }

  private static Optional<AnswerDocument> parseShallow(Reader text) {
    try (JsonParser json = STRICT.createParser(text)) {
      AnswerDocument document = new AnswerDocument(json);
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

  /** True when the answer speaks of a state at all, in whatever form. */
  boolean hasState() {
    return names.contains("state");
  }

  /** The error object that the answer is, or null when it has no code. */
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
