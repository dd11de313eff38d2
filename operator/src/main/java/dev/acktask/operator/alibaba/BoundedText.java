package dev.acktask.operator.alibaba;

/** Cuts text that is too long to be kept, visibly and without splitting a character. */
final class BoundedText {
  private static final String CUT = "…";

  private BoundedText() {}

  /** At most {@code max} UTF-16 units, the mark included. */
  static String of(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    int end = max - CUT.length();
    if (Character.isHighSurrogate(text.charAt(end - 1))
        && Character.isLowSurrogate(text.charAt(end))) {
      end--;
    }
    return text.substring(0, end) + CUT;
  }
}
