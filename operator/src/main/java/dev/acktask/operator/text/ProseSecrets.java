package dev.acktask.operator.text;

import java.util.Set;

/**
 * Finds the value of a name that a sentence carries: {@code password X}, {@code the password of the
 * user root is X}. Words that follow such a name in ordinary messages are listed; any other word is
 * taken for the value, because hiding too much is the smaller harm.
 */
final class ProseSecrets {
  /** Words of a sentence that are read after a name. */
  private static final int WORDS = 8;

  /** UTF-16 units of a word that are read; no ordinary word is as long. */
  static final int LONGEST_WORD = 32;

  private static final int MOST_BLANKS = 8;
  private static final int SHORTEST_RANDOM = 6;

  /** UTF-16 units of a remark in brackets between a name and its value. */
  private static final int LONGEST_REMARK = 64;

  /** Digits of a code that is sent as a one-time password. */
  private static final int SHORTEST_CODE = 4;

  /** What stands between a name and its value. */
  private static final Set<String> COPULAS =
      Set.of(
          "is", "was", "equals", "ist", "lautet", "es", "est", "\u00e9", "\u4e3a", "\u662f",
          "\u6210", "\u5230");

  /** Copulas that other sentences have as well. */
  private static final Set<String> WEAK_COPULAS = Set.of("to", "as", "are", "be");

  /** What stands before {@code be}. */
  private static final Set<String> MODALS =
      Set.of("will", "should", "shall", "must", "may", "can", "would");

  /** Marks that join a name and its value, or two names. */
  private static final String MARKS = "/|-=>:~<,;\u2013\u2014\u2192\u2026";

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

  /** After these the name of an account or a machine can follow. */
  private static final Set<String> PREPOSITIONS =
      Set.of("of", "for", "in", "on", "user", "account", "node");

  /** What may stand between a copula and the value: {@code was set to X}. */
  private static final Set<String> CHANGES =
      Set.of("set", "changed", "reset", "updated", "now", "been");

  private final FoldedText text;
  private final boolean needsRandom;

  private boolean isFirst = true;
  private boolean isAfterCopula;
  private boolean isAfterModal;
  private boolean isAfterPreposition;
  private boolean hasUnknown;
  private boolean isWeak;

  private ProseSecrets(FoldedText text, boolean needsRandom) {
    this.text = text;
    this.needsRandom = needsRandom;
  }

  /**
   * The value's start, or -1 when the words after {@code from} carry none.
   *
   * @param needsRandom whether only a random word can be the value
   */
  static int valueStart(FoldedText text, int from, boolean needsRandom) {
    return new ProseSecrets(text, needsRandom).valueStart(from);
  }

  private int valueStart(int from) {
    int index = from;
    for (int i = 0; i < WORDS; i++) {
      int start = text.skipBlanks(index, MOST_BLANKS);
      int end = text.at(start) == '(' ? remarkEnd(start) : text.wordEnd(start, LONGEST_WORD);
      if (start == end || start == index) {
        return -1;
      }
      if (text.at(start) == '(' && text.at(end - 1) == ')') {
        if (isFirst && isOneValue(start + 1, end - 1)) {
          return start + 1;
        }
      } else if (isMarks(start, end)) {
        isAfterCopula |= text.at(end - 1) == ':' || text.at(end - 1) == '=';
      } else if (isValue(start, end)) {
        return isGood(start, end) ? start : -1;
      } else if (isEnd(start, end)) {
        return -1;
      }
      index = end;
    }
    return -1;
  }

  /** Reads a word; true when it stands where the value stands. */
  private boolean isValue(int start, int end) {
    String word = bare(text, start, end);
    boolean isBe = isAfterModal && word.equals("be");
    boolean isWeakCopula = WEAK_COPULAS.contains(word);
    if (COPULAS.contains(word) || isWeakCopula) {
      isAfterCopula = true;
      isWeak |= hasUnknown && isWeakCopula && !isBe;
      isAfterModal = false;
    } else if (!isAfterCopula && MODALS.contains(word)) {
      isAfterModal = true;
    } else if (!(isAfterCopula ? CHANGES : CONNECTIVES).contains(word)) {
      if (isFirst || isAfterCopula) {
        return true;
      }
      hasUnknown = true;
    }
    isAfterPreposition |= PREPOSITIONS.contains(word);
    isFirst = false;
    if (text.at(end - 1) == ':' || text.at(end - 1) == '=') {
      isAfterCopula = true;
      isWeak |= hasUnknown;
    }
    return false;
  }

  /** True if the last word read ends the part that can lead to a value. */
  private boolean isEnd(int start, int end) {
    String word = bare(text, start, end);
    boolean isKnown = COPULAS.contains(word) || WEAK_COPULAS.contains(word);
    return !isKnown
        && ((isAfterModal && !MODALS.contains(word))
            || (hasUnknown && (!isAfterPreposition || StopWords.ALL.contains(word))));
  }

  private boolean isGood(int start, int end) {
    return !StopWords.ALL.contains(bare(text, start, end))
        && ((!needsRandom && !isWeak) || isCodeOrRandom(text.written(start, end)));
  }

  private static boolean isCodeOrRandom(String word) {
    boolean isCode = word.length() >= SHORTEST_CODE && word.chars().allMatch(Character::isDigit);
    return isCode || isRandom(word);
  }

  private int remarkEnd(int start) {
    int end = start + 1;
    while (end < start + LONGEST_REMARK && text.at(end) != ')' && text.at(end) != 0) {
      end++;
    }
    return text.at(end) == ')' ? end + 1 : text.wordEnd(start, LONGEST_WORD);
  }

  /** A single word in brackets that says nothing about the name. */
  private boolean isOneValue(int start, int end) {
    return text.wordEnd(start, end - start) == end
        && !CONNECTIVES.contains(bare(text, start, end))
        && isGood(start, end);
  }

  private boolean isMarks(int start, int end) {
    for (int i = start; i < end; i++) {
      if (MARKS.indexOf(text.at(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  /** True when {@code word} is one of those that reveal nothing after a name and a colon. */
  static boolean isOrdinary(FoldedText text, int start, int end) {
    return StopWords.ALL.contains(bare(text, start, end));
  }

  /** Letters and digits, or several changes of case: not a word of a language. */
  static boolean isRandom(String word) {
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
  private static String bare(FoldedText text, int start, int end) {
    int last = end;
    while (last > start && ".,;:!?=)".indexOf(text.at(last - 1)) >= 0) {
      last--;
    }
    return text.folded(start, last);
  }
}
