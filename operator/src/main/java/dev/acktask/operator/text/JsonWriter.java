package dev.acktask.operator.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes free-form data as JSON text. The status holds it as a string: the API server changes
 * numbers of free-form objects and needs seconds for deep ones. Numbers keep the digits of the
 * answer; {@link JsonValue} bounds depth and size.
 */
public final class JsonWriter {
  private static final JsonFactory COMPACT =
      new JsonFactoryBuilder()
          .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
          .characterEscapes(new ControlCharacters())
          .build();

  private JsonWriter() {}

  /** {@code data} as compact JSON. */
  public static String write(JsonValue data) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = COMPACT.createGenerator(out)) {
      write(data, json);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return HiddenCharacters.replace(out.toString(), JsonWriter::escaped);
  }

  private static void write(JsonValue data, JsonGenerator json) throws IOException {
    switch (data) {
      case JsonValue.Obj object -> {
        json.writeStartObject();
        for (JsonValue.Member member : object.members()) {
          json.writeFieldName(member.name());
          write(member.value(), json);
        }
        json.writeEndObject();
      }
      case JsonValue.Arr array -> {
        json.writeStartArray();
        for (JsonValue item : array.items()) {
          write(item, json);
        }
        json.writeEndArray();
      }
      case JsonValue.Text text -> json.writeString(text.value());
      case JsonValue.Literal literal -> json.writeRawValue(literal.json());
    }
  }

  /**
   * Escapes characters that a terminal does not display, so that nothing is lost or hidden. Jackson
   * judges UTF-16 units, and a hidden character can take two. Beyond ASCII such characters can only
   * be within strings, where an escape means the same.
   */
  private static String escaped(int hidden) {
    StringBuilder escapes = new StringBuilder();
    for (char unit : Character.toChars(hidden)) {
      escapes.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
    }
    return escapes.toString();
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
