package dev.acktask.operator.alibaba.response;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.acktask.operator.text.BoundedText;
import dev.acktask.operator.text.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one free-form value within bounds of depth, nodes and text; recursion ends at {@link
 * JsonValue#MAX_DEPTH}. A value that does not fit is dropped, with its name, and counted.
 */
public final class JsonValueReader {
  /** UTF-16 units of a member's name. */
  static final int MAX_NAME = 256;

  private final JsonParser json;
  private final OmittedCounter omitted;
  private int nodesLeft;
  private int textLeft;

  /**
   * A reader of one value.
   *
   * @param maxNodes objects, arrays and scalars
   * @param maxText UTF-16 units of names and scalars together
   */
  public JsonValueReader(JsonParser json, OmittedCounter omitted, int maxNodes, int maxText) {
    this.json = json;
    this.omitted = omitted;
    this.nodesLeft = maxNodes;
    this.textLeft = maxText;
  }

  /** The value that starts at the current token; null if nothing of it is kept. */
  public @Nullable JsonValue read() throws IOException {
    return json.currentToken() == JsonToken.VALUE_NULL ? null : value(1);
  }

  private @Nullable JsonValue value(int depth) throws IOException {
    boolean isContainer = json.currentToken().isStructStart();
    if (nodesLeft == 0 || (isContainer && depth > JsonValue.MAX_DEPTH)) {
      return omit();
    }
    nodesLeft--;
    return switch (json.currentToken()) {
      case START_OBJECT -> object(depth);
      case START_ARRAY -> array(depth);
      case VALUE_STRING -> text();
      default -> literal();
    };
  }

  private JsonValue object(int depth) throws IOException {
    List<JsonValue.Member> members = new ArrayList<>();
    Set<String> names = new HashSet<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = BoundedText.of(json.currentName(), MAX_NAME);
      json.nextToken();
      if (name.length() > textLeft || nodesLeft == 0 || !names.add(name)) {
        omit();
        continue;
      }
      textLeft -= name.length();
      JsonValue value = value(depth + 1);
      if (value != null) {
        members.add(new JsonValue.Member(name, value));
      }
    }
    return new JsonValue.Obj(members);
  }

  private JsonValue array(int depth) throws IOException {
    List<JsonValue> items = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      JsonValue item = value(depth + 1);
      if (item != null) {
        items.add(item);
      }
    }
    return new JsonValue.Arr(items);
  }

  private @Nullable JsonValue text() throws IOException {
    String whole = json.getText();
    String text = BoundedText.of(whole, DetailReader.MAX_TEXT);
    if (text.length() > textLeft) {
      return omit();
    }
    if (text.length() < whole.length()) {
      omitted.field();
    }
    textLeft -= text.length();
    return new JsonValue.Text(text);
  }

  private @Nullable JsonValue literal() throws IOException {
    String spelled = json.getText();
    if (spelled.length() > Math.min(textLeft, DetailReader.MAX_TEXT)) {
      return omit();
    }
    textLeft -= spelled.length();
    return new JsonValue.Literal(spelled);
  }

  private @Nullable JsonValue omit() throws IOException {
    json.skipChildren();
    omitted.field();
    return null;
  }
}
