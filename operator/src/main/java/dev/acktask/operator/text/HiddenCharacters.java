package dev.acktask.operator.text;

/** Characters that a terminal does not show, or shows in another order than they are stored. */
public final class HiddenCharacters {
  private HiddenCharacters() {}

  /** True for control and format characters, separators of lines, and what is no character. */
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
}
