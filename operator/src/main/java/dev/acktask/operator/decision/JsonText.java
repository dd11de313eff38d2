package dev.acktask.operator.decision;

import dev.acktask.operator.task.FreeForm;
import java.util.Iterator;
import java.util.Locale;

/**
 * Writes free-form data as JSON text. In the status it is a string, because free-form objects come
 * back from the API server with other numbers than were written and cost it seconds when deep.
 */
final class JsonText {
  private final StringBuilder out = new StringBuilder();

  private JsonText() {}

  /** {@code data} as compact JSON. */
  static String of(FreeForm data) {
    JsonText text = new JsonText();
    text.write(data);
    return text.out.toString();
  }

  private void write(FreeForm data) {
    switch (data) {
      case FreeForm.Obj object -> writeObject(object);
      case FreeForm.Arr array -> writeArray(array);
      case FreeForm.Text text -> writeString(text.value());
      case FreeForm.Literal literal -> out.append(literal.json());
    }
  }

  private void writeObject(FreeForm.Obj object) {
    out.append('{');
    for (Iterator<FreeForm.Member> i = object.members().iterator(); i.hasNext(); ) {
      FreeForm.Member member = i.next();
      writeString(member.name());
      out.append(':');
      write(member.value());
      if (i.hasNext()) {
        out.append(',');
      }
    }
    out.append('}');
  }

  private void writeArray(FreeForm.Arr array) {
    out.append('[');
    for (Iterator<FreeForm> i = array.items().iterator(); i.hasNext(); ) {
      write(i.next());
      if (i.hasNext()) {
        out.append(',');
      }
    }
    out.append(']');
  }

  /** Escapes what a terminal would not show, so that nothing is lost and nothing hidden. */
  private void writeString(String raw) {
    out.append('"');
    for (int i = 0; i < raw.length(); ) {
      int c = raw.codePointAt(i);
      i += Character.charCount(c);
      if (c == '"' || c == '\\') {
        out.append('\\').append((char) c);
      } else if (PlainText.hidden(c)) {
        for (char unit : Character.toChars(c)) {
          out.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
        }
      } else {
        out.appendCodePoint(c);
      }
    }
    out.append('"');
  }
}
