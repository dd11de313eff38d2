package dev.acktask.operator.alibaba.response;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.acktask.operator.text.BoundedText;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Reads the texts of the entries of one list, and skips all else. */
final class EntryReader {
  /** Fields whose value may be a number: seconds or milliseconds since the epoch. */
  private static final Set<String> TIMES = Set.of("created", "updated");

  private final JsonParser json;
  private final Set<String> fields;

  /**
   * A reader at the start of a document.
   *
   * @param fields names of the texts
   */
  EntryReader(JsonParser json, Set<String> fields) {
    this.json = json;
    this.fields = fields;
  }

  /**
   * The texts of the object at the current token, by name, each of at most {@link
   * DetailReader#MAX_TEXT} UTF-16 units. A field of another type is left out, as is one that is
   * repeated: which value counts would be arbitrary.
   */
  Map<String, String> read() throws IOException {
    Map<String, String> texts = new HashMap<>();
    Set<String> names = new HashSet<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      if (fields.contains(name)) {
        boolean isFirst = names.add(name);
        if (isFirst && isText(name)) {
          texts.put(name, BoundedText.of(json.getText(), DetailReader.MAX_TEXT));
        } else {
          texts.remove(name);
        }
      }
      json.skipChildren();
    }
    return texts;
  }

  private boolean isText(String name) {
    return json.currentToken() == JsonToken.VALUE_STRING
        || (json.currentToken() == JsonToken.VALUE_NUMBER_INT && TIMES.contains(name));
  }
}
