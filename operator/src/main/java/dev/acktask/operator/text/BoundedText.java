package dev.acktask.operator.text;

/** Cuts text to a number of UTF-16 units, never through a surrogate pair. */
public final class BoundedText {
  /** Marks the end of a text that was cut. */
  static final char CUT = '\u2026';

  private static final int MAX_QUOTED = 60;

  private BoundedText() {}

  /** {@code text}, cut to at most {@code max} units. */
  static String head(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    boolean isPair = max > 0 && Character.isSurrogatePair(text.charAt(max - 1), text.charAt(max));
    return text.substring(0, isPair ? max - 1 : max);
  }

  /**
   * {@code text}, or its start and an ellipsis: at most {@code max} units, which are at least 1.
   */
  public static String of(String text, int max) {
    return text.length() <= max ? text : head(text, max - 1) + CUT;
  }

  /** {@code value} for an error message: in quotes, on one line, at most {@value #MAX_QUOTED}. */
  public static String quoted(String value) {
    return '"' + of(value.replaceAll("\\p{Cntrl}", "?"), MAX_QUOTED) + '"';
  }
}
