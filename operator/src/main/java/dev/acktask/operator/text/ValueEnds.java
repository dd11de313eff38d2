package dev.acktask.operator.text;

import dev.acktask.operator.text.SecretNames.Kind;

/** Finds the end of a value. If it is ambiguous, the value extends to the end of the text. */
final class ValueEnds {
  private static final int MOST_BLANKS = 64;

  /** The longest name of a scheme: {@code bearer}. */
  private static final int LONGEST_SCHEME = 10;

  private final String source;
  private final FoldedText text;

  /** The last closing tag: where there is none, none is searched for. */
  private final int lastClose;

  ValueEnds(String source, FoldedText text) {
    this.source = source;
    this.text = text;
    this.lastClose = source.lastIndexOf("</");
  }

  /**
   * The end of the value that starts at {@code start}.
   *
   * @param nameStart where its name starts, which may stand in quotes together with the value
   */
  int of(int nameStart, int start, Kind kind) {
    char first = text.at(start);
    return switch (first) {
      case '"', '\'', '`' -> quotedEnd(start);
      // JSON inside a string: where the value ends depends on how often it was escaped.
      case '\\' -> text.length();
      // A structure, or a block of YAML, ends where its format says.
      case '{', '[' -> text.length();
      case '|', '>' -> text.length();
      default -> kind == Kind.HEADER ? lineEnd(nameStart, start) : wordEnd(start);
    };
  }

  private int quotedEnd(int start) {
    char quote = source.charAt(start);
    for (int i = start + 1; i < source.length(); i++) {
      if (source.charAt(i) == '\\') {
        i++;
      } else if (source.charAt(i) == quote) {
        return i + 1;
      }
    }
    return source.length();
  }

  /** The end of a bare value, which may start with a scheme: {@code token=Bearer X}. */
  private int wordEnd(int start) {
    int end = text.wordEnd(start);
    String word = end - start > LONGEST_SCHEME ? "" : text.folded(start, end);
    if (word.equals("bearer") || word.equals("basic") || word.equals("digest")) {
      int next = text.skipBlanks(end, MOST_BLANKS);
      end = text.wordEnd(next);
      return next == end ? end : trimmed(next, end);
    }
    return trimmed(start, end);
  }

  /** The end of a header: its line, or the quote that it stands in. */
  private int lineEnd(int nameStart, int start) {
    char before = text.at(nameStart - 1);
    boolean isQuoted = before == '"' || before == '\'';
    for (int i = start; i < text.length(); i++) {
      char c = text.at(i);
      if (c == '\n' || c == '\r' || (isQuoted && c == before)) {
        return i;
      }
    }
    return text.length();
  }

  /** A bare value without the punctuation of the text around it. */
  int trimmed(int start, int end) {
    int last = end;
    while (last > start + 1 && ",;.)}]\"'".indexOf(text.at(last - 1)) >= 0) {
      last--;
    }
    return last;
  }

  /** The end of an element's content: the next closing tag, or a word where there is none. */
  int ofElement(int start) {
    int close = lastClose >= start ? source.indexOf("</", start) : -1;
    return close >= 0 ? close : text.wordEnd(start);
  }
}
