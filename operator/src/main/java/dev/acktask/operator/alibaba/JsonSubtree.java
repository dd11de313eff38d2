package dev.acktask.operator.alibaba;

import java.util.BitSet;

/**
 * Checks one value of RFC 8259 JSON, however deep, without recursion and with one bit of memory per
 * level.
 *
 * <p>A JSON library keeps an object per level, so that a hostile body of a few megabytes of
 * brackets costs hundreds; and a part that is cut because of its depth has still to be well-formed,
 * or a broken body would pass as a whole one.
 */
final class JsonSubtree {
  private static final int BROKEN = -1;

  private final String text;
  private final BitSet isObject = new BitSet();
  private int depth;
  private int pos;

  private JsonSubtree(String text, int start) {
    this.text = text;
    this.pos = start;
  }

  /** The index behind the value that starts at {@code start}, or -1 when it is not well-formed. */
  static int end(String text, int start) {
    return new JsonSubtree(text, start).end();
  }

  private enum Expect {
    VALUE,
    VALUE_OR_END,
    NAME,
    NAME_OR_END,
    SEPARATOR_OR_END,
    NOTHING
  }

  private int end() {
    Expect expect = Expect.VALUE;
    while (true) {
      skipWhitespace();
      expect =
          switch (expect) {
            case VALUE -> value();
            case VALUE_OR_END -> peek() == ']' ? close() : value();
            case NAME -> name();
            case NAME_OR_END -> peek() == '}' ? close() : name();
            case SEPARATOR_OR_END -> separatorOrEnd();
            case NOTHING -> Expect.NOTHING;
          };
      if (expect == Expect.NOTHING) {
        return BROKEN;
      }
      if (depth == 0) {
        return pos;
      }
    }
  }

  private Expect value() {
    char c = peek();
    if (c == '{' || c == '[') {
      isObject.set(depth, c == '{');
      depth++;
      pos++;
      return c == '{' ? Expect.NAME_OR_END : Expect.VALUE_OR_END;
    }
    boolean isValid =
        switch (c) {
          case '"' -> string();
          case 't' -> literal("true");
          case 'f' -> literal("false");
          case 'n' -> literal("null");
          default -> number();
        };
    return isValid ? Expect.SEPARATOR_OR_END : Expect.NOTHING;
  }

  private Expect name() {
    if (peek() != '"' || !string()) {
      return Expect.NOTHING;
    }
    skipWhitespace();
    return take(':') ? Expect.VALUE : Expect.NOTHING;
  }

  private Expect separatorOrEnd() {
    boolean inObject = isObject.get(depth - 1);
    if (take(',')) {
      return inObject ? Expect.NAME : Expect.VALUE;
    }
    return peek() == (inObject ? '}' : ']') ? close() : Expect.NOTHING;
  }

  private Expect close() {
    pos++;
    depth--;
    return Expect.SEPARATOR_OR_END;
  }

  private boolean string() {
    pos++;
    while (pos < text.length()) {
      char c = text.charAt(pos++);
      if (c == '"') {
        return true;
      }
      if (c < ' ' || (c == '\\' && !escape())) {
        return false;
      }
    }
    return false;
  }

  private boolean escape() {
    char c = peek();
    pos++;
    if (c != 'u') {
      return c != 0 && "\"\\/bfnrt".indexOf(c) >= 0;
    }
    for (int i = 0; i < 4; i++) {
      if (!isHex(peek())) {
        return false;
      }
      pos++;
    }
    return true;
  }

  private static boolean isHex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }

  private boolean literal(String word) {
    boolean isWord = text.startsWith(word, pos);
    pos += word.length();
    return isWord;
  }

  private boolean number() {
    take('-');
    if (!take('0') && !digits()) {
      return false;
    }
    if (take('.') && !digits()) {
      return false;
    }
    if (take('e') || take('E')) {
      if (!take('+')) {
        take('-');
      }
      return digits();
    }
    return true;
  }

  private boolean digits() {
    int start = pos;
    while (peek() >= '0' && peek() <= '9') {
      pos++;
    }
    return pos > start;
  }

  private boolean take(char wanted) {
    if (peek() != wanted) {
      return false;
    }
    pos++;
    return true;
  }

  /** The next character, or NUL at the end: a NUL of the text itself is valid nowhere either. */
  private char peek() {
    return pos < text.length() ? text.charAt(pos) : 0;
  }

  private void skipWhitespace() {
    while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') {
      pos++;
    }
  }
}
