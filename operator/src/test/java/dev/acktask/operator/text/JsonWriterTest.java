package dev.acktask.operator.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonWriterTest {
  @ParameterizedTest
  @Tag("F27")
  @ValueSource(
      strings = {"9007199254740993", "9223372036854775808", "1e400", "1.0", "-0", "true", "null"})
  void shouldKeepTheDigitsOfTheAnswer(String literal) {
    assertEquals("[" + literal + "]", JsonWriter.write(array(new JsonValue.Literal(literal))));
  }

  @Test
  @Tag("F27")
  void shouldKeepAThousandDigits() {
    String digits = "7".repeat(1_000);

    assertEquals("[" + digits + "]", JsonWriter.write(array(new JsonValue.Literal(digits))));
  }

  @Test
  @Tag("F28")
  void shouldEscapeEachHiddenCharacterAndNoOther() throws JsonProcessingException {
    ObjectMapper json = new ObjectMapper();
    int[] characters =
        IntStream.concat(IntStream.range(0, 0x3100), IntStream.range(0xD7F0, 0x10FFFF))
            .filter(c -> c < 0x10000 || c % 97 == 0 || c >> 8 == 0xE00)
            .toArray();
    for (int c : characters) {
      String text = "a" + Character.toString(c) + "b";
      String written = JsonWriter.write(array(new JsonValue.Text(text)));

      assertEquals(expected(c), written.substring(3, written.length() - 3), () -> "U+" + c);
      assertEquals(text, json.readTree(written).get(0).textValue());
    }
  }

  private static String expected(int c) {
    StringBuilder expected = new StringBuilder();
    if (c == '"' || c == '\\') {
      return "\\" + (char) c;
    }
    for (char unit : Character.toChars(c)) {
      expected.append(
          HiddenCharacters.isHidden(c)
              ? String.format(java.util.Locale.ROOT, "\\u%04x", (int) unit)
              : "" + unit);
    }
    return expected.toString();
  }

  @Test
  void shouldWriteTheDeepestDataThatIsRead() {
    JsonValue data = array();
    for (int i = 1; i < JsonValue.MAX_DEPTH; i++) {
      data = new JsonValue.Obj(List.of(new JsonValue.Member("a\"b", data)));
    }

    assertEquals(
        "{\"a\\\"b\":".repeat(JsonValue.MAX_DEPTH - 1) + "[]" + "}".repeat(JsonValue.MAX_DEPTH - 1),
        JsonWriter.write(data));
  }

  private static JsonValue array(JsonValue... items) {
    return new JsonValue.Arr(List.of(items));
  }
}
