package dev.acktask.operator.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.acktask.operator.task.FreeForm;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes free-form data as JSON text. In the status it is a string, because free-form objects come
 * back from the API server with other numbers than were written and cost it seconds when deep.
 * Numbers keep the digits of the answer; {@link FreeForm} bounds depth and size.
 */
public final class JsonWriter {
  private static final JsonFactory COMPACT =
      new JsonFactoryBuilder()
          .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
          .characterEscapes(new ControlCharacters())
          .build();

  private JsonWriter() {}

  /** {@code data} as compact JSON. */
  public static String write(FreeForm data) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = COMPACT.createGenerator(out)) {
      write(data, json);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return escapeHidden(out.toString());
  }

  private static void write(FreeForm data, JsonGenerator json) throws IOException {
    switch (data) {
      case FreeForm.Obj object -> {
        json.writeStartObject();
        for (FreeForm.Member member : object.members()) {
          json.writeFieldName(member.name());
          write(member.value(), json);
        }
        json.writeEndObject();
      }
      case FreeForm.Arr array -> {
        json.writeStartArray();
        for (FreeForm item : array.items()) {
          write(item, json);
        }
        json.writeEndArray();
      }
      case FreeForm.Text text -> json.writeString(text.value());
      case FreeForm.Literal literal -> json.writeRawValue(literal.json());
    }
  }

  /**
   * Escapes what a terminal would not show, so that nothing is lost and nothing hidden. Jackson
   * judges UTF-16 units, and a hidden character can take two. Beyond ASCII such characters can only
   * be within strings, where an escape means the same.
   */
  private static String escapeHidden(String json) {
    if (json.codePoints().noneMatch(HiddenCharacters::isHidden)) {
      return json;
    }
    StringBuilder escaped = new StringBuilder(json.length() + 64);
    json.codePoints()
        .forEach(
            c -> {
              if (HiddenCharacters.isHidden(c)) {
                for (char unit : Character.toChars(c)) {
                  escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
                }
              } else {
                escaped.appendCodePoint(c);
              }
            });
    return escaped.toString();
  }

  /** Escapes each control character by its number, also those that have a short form. */
  private static final class ControlCharacters extends CharacterEscapes {
    private static final long serialVersionUID = 1;
    private static final int DELETE = 0x7f;

    @Override
    public int[] getEscapeCodesForAscii() {
      int[] escapes = CharacterEscapes.standardAsciiEscapesForJSON();
      for (int c = 0; c < ' '; c++) {
        escapes[c] = ESCAPE_STANDARD;
      }
      escapes[DELETE] = ESCAPE_STANDARD;
      return escapes;
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int c) {
      return null;
    }
  }
}
