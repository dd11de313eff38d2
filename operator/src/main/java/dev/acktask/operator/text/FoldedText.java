package dev.acktask.operator.text;

/**
 * A text with each character folded to lower case and half width, so that {@code ＰＡＳＳＷＯＲＤ：} reads
 * like {@code password:}. Positions are those of the original.
 */
final class FoldedText {
  private static final char FULL_WIDTH_FIRST = '\uFF01';
  private static final char FULL_WIDTH_LAST = '\uFF5E';
  private static final int FULL_WIDTH_OFFSET = FULL_WIDTH_FIRST - '!';
  private static final char IDEOGRAPHIC_SPACE = '\u3000';
  private static final String CJK_PUNCTUATION = "\uFF0C\u3002\uFF1B\u3001\uFF09\u300B\u300D";

  private final String text;
  private final char[] halfWidth;
  private final char[] folded;

  FoldedText(String text) {
    this.text = text;
    this.halfWidth = new char[text.length()];
    this.folded = new char[text.length()];
    for (int i = 0; i < folded.length; i++) {
      halfWidth[i] = halfWidth(text.charAt(i));
      folded[i] = Character.toLowerCase(halfWidth[i]);
    }
  }

  private static char halfWidth(char c) {
    if (c >= FULL_WIDTH_FIRST && c <= FULL_WIDTH_LAST) {
      return (char) (c - FULL_WIDTH_OFFSET);
    }
    return c == IDEOGRAPHIC_SPACE ? ' ' : c;
  }

  int length() {
    return folded.length;
  }

  /** The folded character, or NUL outside of the text. */
  char at(int index) {
    return index >= 0 && index < folded.length ? folded[index] : 0;
  }

  /** A range in half width, its case as written. */
  String written(int from, int to) {
    return new String(halfWidth, from, to - from);
  }

  /** The folded text of a range. */
  String folded(int from, int to) {
    return new String(folded, from, to - from);
  }

  boolean startsWith(String prefix, int index) {
    if (index + prefix.length() > folded.length) {
      return false;
    }
    for (int i = 0; i < prefix.length(); i++) {
      if (folded[index + i] != prefix.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  boolean isBlank(int index) {
    return index < folded.length && Character.isWhitespace(folded[index]);
  }

  /** The first index at or after {@code from} that is no blank, at most {@code most} later. */
  int skipBlanks(int from, int most) {
    int index = from;
    while (index < from + most && isBlank(index)) {
      index++;
    }
    return index;
  }

  /**
   * The end of the word that starts at {@code from}: a blank, CJK punctuation or the text's end.
   */
  int wordEnd(int from) {
    return wordEnd(from, folded.length);
  }

  /** Like {@link #wordEnd(int)}, but {@code from + most} where the word is longer. */
  int wordEnd(int from, int most) {
    int end = (int) Math.min(folded.length, (long) from + most);
    int index = from;
    while (index < end
        && !Character.isWhitespace(folded[index])
        && !isCjkPunctuation(text.charAt(index))) {
      index++;
    }
    return index;
  }

  private static boolean isCjkPunctuation(char c) {
    return c >= IDEOGRAPHIC_SPACE && CJK_PUNCTUATION.indexOf(c) >= 0;
  }

  /** A character of a name such as {@code login_password} or {@code --db-pass}. */
  boolean isNamePart(int index) {
    char c = at(index);
    return c == '_' || c == '-' || c == '.' || (c < '\u0530' && Character.isLetterOrDigit(c));
  }
}
