package dev.acktask.operator.text;

import dev.acktask.operator.text.SecretNames.Kind;
import java.util.Set;

/**
 * Masks the values of names that announce a secret: {@code password=X}, {@code "auth": "X"}, {@code
 * --token X}, {@code <password>X</password>}, {@code the password is X}, {@code bearer X}. One pass
 * from left to right; a step looks ahead by a fixed number of characters or moves on to where it
 * has looked.
 */
final class NamedValues {
  private static final int MOST_BLANKS = 64;

  /** Quotes, brackets and backslashes between a name and its separator. */
  private static final int MOST_CLOSING = 12;

  private static final String PASSWORD_FLAG = "-p";
  private static final Set<String> USER_FLAGS = Set.of("-u", "--user", "--proxy-user");

  /** UTF-16 units of a name at the end of a value. */
  private static final int LONGEST_INNER_NAME = 64;

  private static final int LONGEST_ATTRIBUTES = 256;
  private static final char WEI = '\u4e3a';
  private static final char SHI = '\u662f';

  /** Characters from here on belong to scripts without blanks, or are rare in secrets. */
  private static final char UNSPACED_SCRIPTS = '\u0530';

  private static final int SHORTEST_BEARER = 6;

  /** {@code 65535:65535}. */
  private static final int LONGEST_PORTS = 11;

  private final SecretNames names;
  private final String source;
  private final TextScan text;
  private final MaskedText masked;
  private final ValueEnds ends;

  private NamedValues(String source, SecretNames names) {
    this.names = names;
    this.source = source;
    this.text = new TextScan(source);
    this.masked = new MaskedText(source);
    this.ends = new ValueEnds(source, text);
  }

  static String mask(String source, SecretNames names) {
    return new NamedValues(source, names).run();
  }

  private String run() {
    int index = 0;
    while (index < text.length()) {
      if (text.isNamePart(index)) {
        index = name(index);
      } else {
        int end = SecretNames.unspacedEnd(text, index);
        index = end < 0 ? index + 1 : unspaced(index, end);
      }
    }
    return masked.finish();
  }

  /** Handles the name that starts at {@code start}; returns where to go on. */
  private int name(int start) {
    int end = start;
    while (text.isNamePart(end)) {
      end++;
    }
    int flag = flag(start, end);
    if (flag >= 0) {
      return flag;
    }
    int scheme = scheme(start, end);
    if (scheme >= 0) {
      return scheme;
    }
    Kind kind = names.kind(text.written(start, end));
    return kind == null ? end : value(start, end, kind);
  }

  /** A name without word boundaries: a copula or the value itself may follow without a blank. */
  private int unspaced(int start, int end) {
    int after = text.at(end) == WEI || text.at(end) == SHI ? end + 1 : end;
    char next = text.at(after);
    boolean isValue = next > ' ' && next < UNSPACED_SCRIPTS && !isSeparator(next);
    return isValue && !isClosing(next)
        ? maskValue(start, after, Kind.PASSWORD)
        : value(start, after, Kind.PASSWORD);
  }

  private int value(int start, int end, Kind kind) {
    int element = elementContent(start, end);
    if (element >= 0) {
      return maskTo(element, ends.ofElement(element));
    }
    int value = afterSeparator(end);
    if (value >= 0) {
      return isRemark(value) ? end : maskValue(start, value, kind);
    }
    if (text.at(start) == '-' && text.isBlank(end)) {
      int argument = text.skipBlanks(end, MOST_BLANKS);
      boolean isShort = text.wordEnd(argument, 3) - argument == 2;
      boolean isFlag = text.startsWith("--", argument) || (isShort && text.at(argument) == '-');
      return isFlag || argument >= text.length() ? end : maskValue(start, argument, Kind.PART);
    }
    if (kind == Kind.PASSWORD || kind == Kind.SPOKEN) {
      int spoken = Sentence.valueStart(text, end, kind == Kind.SPOKEN);
      return spoken < 0 ? end : maskValue(start, spoken, Kind.PART);
    }
    return end;
  }

  /** {@code -p X}, {@code -pX} and {@code -u user:X}; -1 when there is no such flag. */
  private int flag(int start, int end) {
    if (text.at(start) != '-' || (start > 0 && !text.isBlank(start - 1))) {
      return -1;
    }
    int argument = text.skipBlanks(end, MOST_BLANKS);
    String flag = source.substring(start, Math.min(end, start + 12));
    boolean hasArgument = argument > end && argument < text.length();
    if (flag.equals(PASSWORD_FLAG)) {
      return hasArgument && !isPortOrPath(argument) ? maskValue(start, argument, Kind.PART) : end;
    }
    if (USER_FLAGS.contains(flag)) {
      int word = hasArgument ? text.wordEnd(argument) : end;
      int colon = hasArgument ? source.indexOf(':', argument, word) : -1;
      return colon >= 0 && colon + 1 < word
          ? maskTo(colon + 1, ends.trimmed(colon + 1, word))
          : end;
    }
    int attached = start + PASSWORD_FLAG.length();
    boolean isAttached =
        flag.startsWith(PASSWORD_FLAG)
            && Sentence.looksRandom(text.written(attached, text.wordEnd(attached)));
    return isAttached ? maskValue(start, attached, Kind.PART) : -1;
  }

  private boolean isPortOrPath(int start) {
    int end = text.wordEnd(start);
    boolean isPort = true;
    for (int i = start; i < end; i++) {
      isPort &= Character.isDigit(text.at(i)) || text.at(i) == ':';
    }
    boolean isPath = text.at(start) == '/' && source.indexOf('/', start + 1, end) > 0;
    return (isPort && end - start <= LONGEST_PORTS) || isPath;
  }

  /** {@code Bearer X} and {@code Basic X}; -1 when there is no credential. */
  private int scheme(int start, int end) {
    String word = end - start > 10 ? "" : text.folded(start, end);
    boolean isBearer = word.equals("bearer");
    if (!isBearer && !word.equals("basic") && !word.equals("negotiate")) {
      return -1;
    }
    int argument = text.skipBlanks(end, MOST_BLANKS);
    int argumentEnd = text.wordEnd(argument);
    if (argument == end || argumentEnd - argument < SHORTEST_BEARER) {
      return -1;
    }
    boolean isCredential =
        isBearer
            ? !Sentence.isOrdinary(text, argument, argumentEnd)
            : Sentence.looksRandom(source.substring(argument, argumentEnd));
    return isCredential ? maskTo(argument, ends.trimmed(argument, argumentEnd)) : -1;
  }

  /** The value's start after a separator, or -1 when there is none. */
  private int afterSeparator(int end) {
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

  private static boolean isAfterName(char c) {
    return isClosing(c) || isSeparator(c);
  }

  private static boolean isSeparator(char c) {
    return c == ':' || c == '=';
  }

  private static boolean isClosing(char c) {
    return c != 0 && "\\\"'`])".indexOf(c) >= 0;
  }

  /** {@code token: not found}: a colon, a blank and a word that reveals nothing. */
  private boolean isRemark(int value) {
    return text.at(value - 1) == ' '
        && text.at(value - 2) == ':'
        && Sentence.isOrdinary(text, value, text.wordEnd(value, Sentence.LONGEST_WORD));
  }

  private int maskValue(int nameStart, int start, Kind kind) {
    return maskTo(start, ends.of(nameStart, start, kind));
  }

  /**
   * Masks a value and returns where to go on. A value can end in a name that has a value itself:
   * {@code password="auth":"X"}, {@code bearer token X}.
   */
  private int maskTo(int start, int end) {
    masked.mask(start, end);
    int nameEnd = end;
    while (nameEnd > start && nameEnd > end - MOST_CLOSING && isAfterName(text.at(nameEnd - 1))) {
      nameEnd--;
    }
    int unspaced = SecretNames.unspacedStart(text, nameEnd);
    if (unspaced >= start) {
      return unspaced;
    }
    int name = nameEnd;
    while (name > start && name > nameEnd - LONGEST_INNER_NAME && text.isNamePart(name - 1)) {
      name--;
    }
    return isName(name, nameEnd) ? name : Math.max(end, start + 1);
  }

  private boolean isName(int start, int end) {
    String name = text.written(start, end);
    return PASSWORD_FLAG.equals(name) || names.kind(name) != null;
  }

  /** The content's start when the name is that of an XML element, else -1. */
  private int elementContent(int start, int end) {
    boolean isPrefixed = text.at(start - 1) == ':';
    int open = start - 1;
    for (int i = 0; isPrefixed && i < 32 && text.at(open) != '<' && open > 0; i++) {
      open--;
    }
    if (text.at(open) != '<') {
      return -1;
    }
    for (int i = end; i < Math.min(text.length(), end + LONGEST_ATTRIBUTES); i++) {
      if (text.at(i) == '>') {
        return text.at(i - 1) == '/' ? -1 : i + 1;
      }
      if (text.at(i) == '<') {
        return -1;
      }
    }
    return -1;
  }
}
