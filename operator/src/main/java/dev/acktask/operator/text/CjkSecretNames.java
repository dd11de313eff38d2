package dev.acktask.operator.text;

import java.util.List;

/**
 * Names of secrets in scripts that write no blanks between words. They are found anywhere in a
 * text, and their value may follow without a blank.
 */
final class CjkSecretNames {
  static final List<String> ALL =
      List.of(
          "\u5bc6\u7801",
          "\u5bc6\u78bc",
          "\u53e3\u4ee4",
          "\u5bc6\u94a5",
          "\u5bc6\u9470",
          "\u79c1\u94a5",
          "\u4ee4\u724c",
          "\u51ed\u8bc1",
          "\u51ed\u636e",
          "\u30d1\u30b9\u30ef\u30fc\u30c9",
          "\ube44\ubc00\ubc88\ud638");

  /** Characters from here on belong to scripts without blanks, or are rare in secrets. */
  private static final char UNSPACED_SCRIPTS = '\u0530';

  /** What stands before a value: "for", "is", "become", "to", and the colon. */
  private static final String COPULAS = "\u4e3a\u662f\u6210\u5230:";

  /** UTF-16 units from a name to its copula: {@code 密码已经被重新设置为X}. */
  private static final int LONGEST_PHRASE = 9;

  private static final int MOST_BLANKS = 8;

  private CjkSecretNames() {}

  /** True when {@code lower} has such a name in it. */
  static boolean isPartOf(String lower) {
    for (int i = 0; i < lower.length(); i++) {
      if (lower.charAt(i) >= UNSPACED_SCRIPTS) {
        return ALL.stream().anyMatch(lower::contains);
      }
    }
    return false;
  }

  /** The end of the name that starts at {@code index}, or -1. */
  static int end(FoldedText text, int index) {
    if (text.at(index) < UNSPACED_SCRIPTS) {
      return -1;
    }
    for (String name : ALL) {
      if (text.startsWith(name, index)) {
        return index + name.length();
      }
    }
    return -1;
  }

  /** The start of the name that ends at {@code end}, or -1. */
  static int start(FoldedText text, int end) {
    if (text.at(end - 1) < UNSPACED_SCRIPTS) {
      return -1;
    }
    for (String name : ALL) {
      int start = end - name.length();
      if (start >= 0 && text.startsWith(name, start)) {
        return start;
      }
    }
    return -1;
  }

  /** The start of the value after a name and a phrase that ends in a copula, or -1. */
  static int valueStart(FoldedText text, int end) {
    if (isValue(text, end)) {
      return end;
    }
    for (int i = end; i < end + LONGEST_PHRASE; i++) {
      char c = text.at(i);
      if (COPULAS.indexOf(c) >= 0) {
        int value = text.skipBlanks(i + 1, MOST_BLANKS);
        if (isValue(text, value)) {
          return value;
        }
      }
      if (c != ' ' && (c < UNSPACED_SCRIPTS || !Character.isLetter(c))) {
        return -1;
      }
    }
    return -1;
  }

  private static boolean isValue(FoldedText text, int index) {
    char c = text.at(index);
    return c > ' ' && c < UNSPACED_SCRIPTS && !KeyValueSeparators.isAfterName(c);
  }
}
