package dev.acktask.operator.text;

import java.util.Set;

/**
 * Finds the value of a name that a sentence carries: {@code password X}, {@code the password of the
 * user root is X}. Words that follow such a name in ordinary messages are listed; any other word is
 * taken for the value, because hiding too much is the smaller harm.
 */
final class Sentence {
  /** Words of a sentence that are read after a name. */
  private static final int WORDS = 6;

  /** UTF-16 units of a word that are read; no ordinary word is as long. */
  static final int LONGEST_WORD = 32;

  private static final int MOST_BLANKS = 8;
  private static final int SHORTEST_RANDOM = 6;

  /** What stands between a name and its value. */
  private static final Set<String> COPULAS = Set.of("is", "was", "to", "as", "are", "be", "equals");

  /** What may stand between a name and its copula. */
  private static final Set<String> CONNECTIVES =
      Set.of(
          "of",
          "for",
          "the",
          "a",
          "an",
          "user",
          "account",
          "root",
          "admin",
          "new",
          "old",
          "login",
          "current",
          "default",
          "initial",
          "temporary",
          "your",
          "this",
          "has",
          "been",
          "set",
          "changed",
          "reset",
          "updated",
          "value",
          "string",
          "now",
          "with",
          "in",
          "on",
          "node");

  /** What may stand between a copula and the value: {@code was set to X}. */
  private static final Set<String> CHANGES =
      Set.of("set", "changed", "reset", "updated", "now", "been");

  private Sentence() {}

  /**
   * The value's start, or -1 when the words after {@code from} carry none.
   *
   * @param needsRandom whether only a word that looks random can be the value
   */
  static int valueStart(TextScan text, int from, boolean needsRandom) {
    int index = from;
    boolean isAfterCopula = false;
    for (int i = 0; i < WORDS; i++) {
      int start = text.skipBlanks(index, MOST_BLANKS);
      int end = text.wordEnd(start, LONGEST_WORD);
      if (start == end || start == index) {
        return -1;
      }
      String word = bare(text, start, end);
      if (COPULAS.contains(word)) {
        isAfterCopula = true;
      } else if (!(isAfterCopula ? CHANGES : CONNECTIVES).contains(word)) {
        boolean canBeValue = (i == 0 || isAfterCopula) && !OrdinaryWords.ALL.contains(word);
        return canBeValue && (!needsRandom || looksRandom(text.written(start, end))) ? start : -1;
      }
      isAfterCopula |= text.at(end - 1) == ':' || text.at(end - 1) == '=';
      index = end;
    }
    return -1;
  }

  /** True when {@code word} is one of those that reveal nothing after a name and a colon. */
  static boolean isOrdinary(TextScan text, int start, int end) {
    return OrdinaryWords.ALL.contains(bare(text, start, end));
  }

  /** Letters and digits, or several changes of case: not a word of a language. */
  static boolean looksRandom(String word) {
    boolean hasLetter = false;
    boolean hasDigit = false;
    int turns = 0;
    for (int i = 0; i < word.length(); i++) {
      hasLetter |= Character.isLetter(word.charAt(i));
      hasDigit |= Character.isDigit(word.charAt(i));
      turns +=
          i > 0
                  && Character.isUpperCase(word.charAt(i))
                  && Character.isLowerCase(word.charAt(i - 1))
              ? 1
              : 0;
    }
    return word.length() >= SHORTEST_RANDOM && hasLetter && (hasDigit || turns >= 2);
  }

  /** A word without the punctuation at its end. */
  private static String bare(TextScan text, int start, int end) {
    int last = end;
    while (last > start && ".,;:!?=)".indexOf(text.at(last - 1)) >= 0) {
      last--;
    }
    return text.folded(start, last);
  }
}
