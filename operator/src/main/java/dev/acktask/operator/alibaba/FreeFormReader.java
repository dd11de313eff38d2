package dev.acktask.operator.alibaba;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.acktask.operator.task.FreeForm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one free-form value within bounds of depth, nodes and text; recursion ends at {@link
 * FreeForm#MAX_DEPTH}. What does not fit is left out, together with its name, and counted.
 */
final class FreeFormReader {
  /** UTF-16 units of a member's name. */
  static final int MAX_NAME = 256;

  private final JsonParser json;
  private final Omissions omissions;
  private int nodesLeft;
  private int textLeft;

  /**
   * Prepares for one value.
   *
   * @param maxNodes objects, arrays and scalars
   * @param maxText UTF-16 units of names and scalars together
   */
  FreeFormReader(JsonParser json, Omissions omissions, int maxNodes, int maxText) {
    this.json = json;
    this.omissions = omissions;
    this.nodesLeft = maxNodes;
    this.textLeft = maxText;
  }

  /** The value that starts at the current token, or null when there is nothing to keep. */
  @Nullable FreeForm read() throws IOException {
    return json.currentToken() == JsonToken.VALUE_NULL ? null : value(1);
  }

  private @Nullable FreeForm value(int depth) throws IOException {
    boolean isContainer = json.currentToken().isStructStart();
    if (nodesLeft == 0 || (isContainer && depth > FreeForm.MAX_DEPTH)) {
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

  private FreeForm object(int depth) throws IOException {
    List<FreeForm.Member> members = new ArrayList<>();
    Set<String> names = new HashSet<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = BoundedText.of(json.currentName(), MAX_NAME);
      json.nextToken();
      if (name.length() > textLeft || nodesLeft == 0 || !names.add(name)) {
        omit();
        continue;
      }
      textLeft -= name.length();
      FreeForm value = value(depth + 1);
      if (value != null) {
        members.add(new FreeForm.Member(name, value));
      }
    }
    return new FreeForm.Obj(members);
  }

  private FreeForm array(int depth) throws IOException {
    List<FreeForm> items = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      FreeForm item = value(depth + 1);
      if (item != null) {
        items.add(item);
      }
    }
    return new FreeForm.Arr(items);
  }

  private @Nullable FreeForm text() throws IOException {
    String whole = json.getText();
    String text = BoundedText.of(whole, ItemReader.MAX_TEXT);
    if (text.length() > textLeft) {
      return omit();
    }
    if (text.length() < whole.length()) {
      omissions.field();
    }
    textLeft -= text.length();
    return new FreeForm.Text(text);
  }

  private @Nullable FreeForm literal() throws IOException {
    String spelled = json.getText();
    if (spelled.length() > Math.min(textLeft, ItemReader.MAX_TEXT)) {
      return omit();
    }
    textLeft -= spelled.length();
    return new FreeForm.Literal(spelled);
  }

  private @Nullable FreeForm omit() throws IOException {
    json.skipChildren();
    omissions.field();
    return null;
  }
}
