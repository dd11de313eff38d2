package dev.acktask.operator.text;

/**
 * Recognises random words of base64, which has {@code +} and {@code /} besides letters and digits:
 * the secret of an AWS access key has 40 characters. Paths have such marks as well, but their parts
 * are words.
 */
final class RandomBase64 {
  /** Characters of the shortest word that is judged. */
  private static final int SHORTEST = 36;

  /** Characters that are read; a longer word is judged by these. */
  private static final int LONGEST = 256;

  /** Characters of the shortest part that identifies a path. */
  private static final int SHORTEST_PART = 4;

  private RandomBase64() {}

  /** True when a random word with marks starts at {@code start}. */
  static boolean isSecret(String text, int start) {
    if (start > 0
        && "+/=.-_@".indexOf(text.charAt(start - 1)) >= 0
        && !isAfterEquals(text, start)) {
      return false;
    }
    int end = end(text, start);
    if (end - start < SHORTEST || (end < text.length() && "-_@".indexOf(text.charAt(end)) >= 0)) {
      return false;
    }
    boolean hasUpper = false;
    boolean hasLower = false;
    boolean hasDigit = false;
    boolean hasMark = false;
    boolean hasPlus = false;
    for (int i = start; i < Math.min(end, start + LONGEST); i++) {
      char c = text.charAt(i);
      hasUpper |= c >= 'A' && c <= 'Z';
      hasLower |= c >= 'a' && c <= 'z';
      hasDigit |= c >= '0' && c <= '9';
      hasMark |= c == '+' || c == '/';
      hasPlus |= c == '+';
    }
    return hasUpper
        && hasLower
        && hasDigit
        && hasMark
        && (hasPlus || !hasWord(text, start, Math.min(end, start + LONGEST)));
  }

  private static boolean isAfterEquals(String text, int start) {
    return text.charAt(start - 1) == '=';
  }

  /** True when a part between two marks is a word, in lower case or with capitals. */
  private static boolean hasWord(String text, int start, int end) {
    int from = start;
    for (int i = start; i <= end; i++) {
      if (i == end || text.charAt(i) == '/') {
        if (i - from >= SHORTEST_PART && isWord(text, from, i)) {
          return true;
        }
        from = i + 1;
      }
    }
    return false;
  }

  /** {@code pods}, {@code v1beta1}, {@code DescribeClusters}: no capitals or digits mixed in. */
  private static boolean isWord(String text, int from, int to) {
    int odd = 0;
    for (int i = from; i < to; i++) {
      boolean isLower = Character.isLowerCase(text.charAt(i));
      boolean startsWord = i + 1 < to && Character.isLowerCase(text.charAt(i + 1));
      odd += isLower || startsWord ? 0 : 1;
    }
    boolean hasLower = odd < to - from;
    return hasLower && 4 * odd <= to - from;
  }

  /** The end of the word that starts at {@code start}. */
  static int end(String text, int start) {
    int end = start;
    while (end < text.length() && isPart(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isPart(char c) {
    return SecretPatterns.isAlphanumeric(c) || c == '+' || c == '/' || c == '=';
  }
}
