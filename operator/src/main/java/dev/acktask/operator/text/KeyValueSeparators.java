package dev.acktask.operator.text;

import dev.acktask.operator.text.SecretNames.Kind;

/** Finds the value that a separator joins to its name. */
final class KeyValueSeparators {
  /** Quotes, brackets and backslashes between a name and its separator. */
  static final int MOST_CLOSING = 12;

  private static final int MOST_BLANKS = 64;

  /** Words that are part of a name after a blank: {@code secret access key}. */
  private static final String KEY = "key";

  private static final String ACCESS = "access";
  private static final int MOST_JOINED = 2;

  private static final String VALUE = "value";
  private static final String BY = "by";
  private static final String IDENTIFIED = "identified";

  /** UTF-16 units between {@code IDENTIFIED} and {@code BY}: the name of a plugin. */
  private static final int LONGEST_PLUGIN = 64;

  /** A name that counts what has passed as well; no password has as few digits. */
  private static final String PASS = "pass";

  private static final int LONGEST_COUNT = 3;
  private static final int LONGEST_CALL = 64;
  private static final int LONGEST_PLURAL = 2;

  private final FoldedText text;
  private final SecretNames names;

  KeyValueSeparators(FoldedText text, SecretNames names) {
    this.text = text;
    this.names = names;
  }

  /**
   * The end of the name that goes on after {@code end}, as in {@code api key}; else {@code end}.
   */
  int joinedEnd(int end) {
    int last = end;
    for (int i = 0; i < MOST_JOINED && text.at(last) == ' '; i++) {
      int next = last + 1;
      if (isWord(KEY, next)) {
        return next + KEY.length();
      }
      if (!isWord(ACCESS, next)) {
        return end;
      }
      last = next + ACCESS.length();
    }
    return end;
  }

  private boolean isWord(String word, int start) {
    return text.startsWith(word, start) && !text.isNamePart(start + word.length());
  }

  /** The value's start after a separator, or -1 when there is none. */
  int valueStart(int end) {
    int index = end;
    while (index < end + MOST_CLOSING && isClosing(text.at(index))) {
      index++;
    }
    index = text.skipBlanks(index, MOST_BLANKS);
    char separator = text.at(index);
    boolean isArrow = separator == '-' && text.at(index + 1) == '>';
    if (!isSeparator(separator) && !isArrow) {
      return -1;
    }
    int after = index;
    while (after < index + 3 && text.at(after) != 0 && ":=->~".indexOf(text.at(after)) >= 0) {
      boolean startsFlag = text.at(after) == '-' && !isArrow;
      if (startsFlag) {
        break;
      }
      after++;
    }
    int value = text.skipBlanks(after, MOST_BLANKS);
    return value < text.length() ? value : -1;
  }

  /** {@code {"name": "password", "value": "X"}}: the start of the sibling's value, or -1. */
  int siblingValue(int end) {
    int index = end;
    while (index < end + MOST_CLOSING
        && (isClosing(text.at(index)) || text.at(index) == ',' || text.isBlank(index))) {
      index++;
    }
    return index > end && isWord(VALUE, index) ? valueStart(index + VALUE.length()) : -1;
  }

  /** {@code password(X)}, {@code password|X} and {@code password,X}; -1 when there is no value. */
  int attachedValue(int end, Kind kind) {
    char mark = text.at(end);
    int start = end + 1;
    if ((mark != '(' && mark != '|' && mark != ',') || start >= text.length()) {
      return -1;
    }
    int stop = start;
    int most = text.wordEnd(start, LONGEST_CALL);
    while (stop < most && text.at(stop) != ')') {
      stop++;
    }
    boolean isCall = mark == '(' && kind == Kind.PASSWORD;
    boolean isValue =
        isCall
            ? stop - start > LONGEST_PLURAL && !ProseSecrets.isOrdinary(text, start, stop)
            : ProseSecrets.isRandom(text.written(start, stop));
    return isValue ? start : -1;
  }

  /** {@code IDENTIFIED BY 'X'} of SQL, with the name of a plugin or without; -1 for other words. */
  int afterIdentifiedBy(int start, int end) {
    if (end - start != BY.length() || !text.startsWith(BY, start)) {
      return -1;
    }
    int value = text.skipBlanks(end, MOST_BLANKS);
    boolean isIdentified =
        text.folded(Math.max(0, start - LONGEST_PLUGIN), start).contains(IDENTIFIED);
    return isIdentified && value > end && value < text.length() ? value : -1;
  }

  /** {@code pass=10 fail=0}: a number of checks. */
  boolean isCount(int start, int end, int value) {
    int stop = value;
    while (stop < text.length() && Character.isDigit(text.at(stop))) {
      stop++;
    }
    boolean isNumber = stop > value && stop - value <= LONGEST_COUNT;
    boolean isEnd =
        stop == text.length() || text.isBlank(stop) || ",;)}/".indexOf(text.at(stop)) >= 0;
    return isNumber && isEnd && end - start == PASS.length() && text.startsWith(PASS, start);
  }

  /**
   * {@code token: not found}, {@code token: token expired}: a colon, a blank and words that reveal
   * nothing. After the name of a link that is any word: {@code failed calling webhook: Post "…"}.
   */
  boolean isRemark(int value, Kind kind) {
    if (text.at(value - 1) != ' ' || text.at(value - 2) != ':') {
      return false;
    }
    int end = text.wordEnd(value, ProseSecrets.LONGEST_WORD);
    if (ProseSecrets.isOrdinary(text, value, end) || (kind == Kind.LINK && isPlain(value, end))) {
      return true;
    }
    int next = end + 1;
    return text.at(end) == ' '
        && names.kind(text.written(value, end)) != null
        && ProseSecrets.isOrdinary(text, next, text.wordEnd(next, ProseSecrets.LONGEST_WORD));
  }

  private boolean isPlain(int start, int end) {
    for (int i = start; i < end; i++) {
      if (!Character.isLetter(text.at(i)) && ",;:.".indexOf(text.at(i)) < 0) {
        return false;
      }
    }
    return !ProseSecrets.isRandom(text.written(start, end));
  }

  /** True for what can stand between a name and its value. */
  static boolean isAfterName(char c) {
    return isClosing(c) || isSeparator(c);
  }

  private static boolean isSeparator(char c) {
    return c == ':' || c == '=';
  }

  private static boolean isClosing(char c) {
    return c != 0 && "\\\"'`])".indexOf(c) >= 0;
  }
}
