package dev.acktask.operator.text;

import java.util.function.IntFunction;

/** Characters that a terminal does not display, or displays in another order than stored. */
public final class HiddenCharacters {
  private HiddenCharacters() {}

  /**
   * True for control and format characters, line separators, and code points without a character.
   */
  public static boolean isHidden(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          true;
      default -> false;
    };
  }

  /**
   * Replaces each hidden character of {@code text}.
   *
   * @param replacement maps its code point to a text
   */
  static String replace(String text, IntFunction<String> replacement) {
    if (text.codePoints().noneMatch(HiddenCharacters::isHidden)) {
      return text;
    }
    StringBuilder replaced = new StringBuilder(text.length() + 64);
    text.codePoints()
        .forEach(
            c -> {
              if (isHidden(c)) {
                replaced.append(replacement.apply(c));
              } else {
                replaced.appendCodePoint(c);
              }
            });
    return replaced.toString();
  }
}
