package dev.acktask.operator.text;

import dev.acktask.operator.text.CommandLineSecrets.Span;
import dev.acktask.operator.text.SecretNames.Kind;

/**
 * Masks the values of names that announce a secret: {@code password=X}, {@code "auth": "X"}, {@code
 * --token X}, {@code <password>X</password>}, {@code the password is X}, {@code bearer X}. One pass
 * from left to right; a step reads a fixed number of characters ahead, or continues where it
 * stopped reading.
 */
final class NamedSecrets {
  /** UTF-16 units of a name at the end of a value. */
  private static final int LONGEST_INNER_NAME = 64;

  private static final int MOST_BLANKS = 64;
  private static final int SHORTEST_BEARER = 6;

  private final SecretNames names;
  private final String source;
  private final FoldedText text;
  private final MaskedText masked;
  private final ValueEnds ends;
  private final KeyValueSeparators separators;
  private final CommandLineSecrets commands;
  private final XmlSecrets elements;

  private NamedSecrets(String source, SecretNames names) {
    this.names = names;
    this.source = source;
    this.text = new FoldedText(source);
    this.masked = new MaskedText(source);
    this.ends = new ValueEnds(source, text);
    this.separators = new KeyValueSeparators(text, names);
    this.commands = new CommandLineSecrets(source, text, ends);
    this.elements = new XmlSecrets(text);
  }

  static String mask(String source, SecretNames names) {
    return new NamedSecrets(source, names).run();
  }

  private String run() {
    int index = 0;
    while (index < text.length()) {
      if (text.isNamePart(index)) {
        index = name(index);
      } else {
        int end = CjkSecretNames.end(text, index);
        index = end < 0 ? index + 1 : unspaced(index, end);
      }
    }
    return masked.finish();
  }

  /** Handles the name that starts at {@code start}; returns the index to continue at. */
  private int name(int start) {
    int end = start;
    while (text.isNamePart(end)) {
      end++;
    }
    Span argument = commands.secret(start, end);
    if (argument != null) {
      return maskTo(argument.from(), argument.to());
    }
    int scheme = scheme(start, end);
    if (scheme >= 0) {
      return scheme;
    }
    int statement = separators.afterIdentifiedBy(start, end);
    if (statement >= 0) {
      return maskValue(start, statement, Kind.PART);
    }
    int joined = separators.joinedEnd(end);
    if (joined > end) {
      Kind kind = names.kind(text.written(start, joined));
      if (kind != null) {
        return value(start, joined, kind);
      }
    }
    Kind kind = names.kind(text.written(start, end));
    return kind == null ? end : value(start, end, kind);
  }

  /** A name without word boundaries: a copula or the value itself may follow without a blank. */
  private int unspaced(int start, int end) {
    int value = CjkSecretNames.valueStart(text, end);
    return value >= 0 ? maskValue(start, value, Kind.PASSWORD) : value(start, end, Kind.PASSWORD);
  }

  private int value(int start, int end, Kind kind) {
    Span piped = commands.piped(start, end);
    if (piped != null) {
      masked.mask(piped.from(), piped.to());
    }
    int sibling = separators.siblingValue(end);
    if (sibling >= 0) {
      return maskValue(start, sibling, Kind.PART);
    }
    int element = elements.content(start, end);
    if (element >= 0) {
      return maskTo(element, ends.ofElement(element));
    }
    int value = separators.valueStart(end);
    if (value >= 0) {
      boolean isHarmless =
          separators.isCount(start, end, value) || separators.isRemark(value, kind);
      return isHarmless ? end : maskValue(start, value, kind);
    }
    int attached = separators.attachedValue(end, kind);
    if (attached >= 0) {
      return maskValue(start, attached, Kind.PART);
    }
    if (text.at(start) == '-' && text.isBlank(end)) {
      int argument = text.skipBlanks(end, MOST_BLANKS);
      boolean isShort = text.wordEnd(argument, 3) - argument == 2;
      boolean isFlag = text.startsWith("--", argument) || (isShort && text.at(argument) == '-');
      return isFlag || argument >= text.length() ? end : maskValue(start, argument, Kind.PART);
    }
    if (kind == Kind.PASSWORD || kind == Kind.SPOKEN) {
      int spoken = ProseSecrets.valueStart(text, end, kind == Kind.SPOKEN);
      boolean isValue = spoken >= 0 && !KubernetesObjectNames.isMissing(text, start, end, spoken);
      return isValue ? maskValue(start, spoken, Kind.PART) : end;
    }
    return end;
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
            ? !ProseSecrets.isOrdinary(text, argument, argumentEnd)
            : ProseSecrets.isRandom(source.substring(argument, argumentEnd));
    return isCredential ? maskTo(argument, ends.trimmed(argument, argumentEnd)) : -1;
  }

  private int maskValue(int nameStart, int start, Kind kind) {
    return maskTo(start, ends.of(nameStart, start, kind));
  }

  /**
   * Masks a value and returns the index to continue at. A value can end in a name with another
   * value: {@code password="auth":"X"}, {@code bearer token X}.
   */
  private int maskTo(int start, int end) {
    masked.mask(start, end);
    int nameEnd = end;
    while (nameEnd > start
        && nameEnd > end - KeyValueSeparators.MOST_CLOSING
        && KeyValueSeparators.isAfterName(text.at(nameEnd - 1))) {
      nameEnd--;
    }
    int unspaced = CjkSecretNames.start(text, nameEnd);
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
    return CommandLineSecrets.isPasswordFlag(name) || names.kind(name) != null;
  }
}
