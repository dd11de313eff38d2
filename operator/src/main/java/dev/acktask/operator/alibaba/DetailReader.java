package dev.acktask.operator.alibaba;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads values that are shown only. Whatever they are, they never fail the answer: odd ones are
 * dropped, long ones cut, and both are counted. Each method starts on the value's first token and
 * ends on its last.
 */
final class DetailReader {
  /** UTF-16 units of one text. */
  static final int MAX_TEXT = 4096;

  private final JsonParser json;
  private final Omissions omissions;

  DetailReader(JsonParser json, Omissions omissions) {
    this.json = json;
    this.omissions = omissions;
  }

  /** Takes the field {@code name}, whose value is the current one; false when it is not known. */
  @FunctionalInterface
  interface FieldReader {
    boolean read(String name) throws IOException;
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

  /** Like {@link #text()} but whole, because its meaning may be in its last letter. */
  @Nullable String word() throws IOException {
    JsonToken token = json.currentToken();
    if (token.isStructStart()) {
      skipOdd();
      return null;
    }
    return token == JsonToken.VALUE_NULL ? null : json.getText();
  }

  /** Reads an object's fields; false, and nothing read, when the value is not an object. */
  boolean object(FieldReader fields) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      return false;
    }
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      if (!fields.read(name)) {
        json.skipChildren();
      }
    }
    return true;
  }

  /** Passes over a value that is not what it should be; a null is merely absent. */
  void skipOdd() throws IOException {
    if (json.currentToken() != JsonToken.VALUE_NULL) {
      omissions.field();
    }
    json.skipChildren();
  }
}
