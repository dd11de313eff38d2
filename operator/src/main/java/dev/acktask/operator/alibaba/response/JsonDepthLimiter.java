package dev.acktask.operator.alibaba.response;

import java.io.IOException;
import java.io.InputStream;
import java.util.BitSet;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces values nested deeper than {@link #MAX_LEVELS} with {@code null} before the JSON library
 * parses them. Ordinary answers pass unchanged.
 *
 * <p>A JSON library keeps an object per level: a few megabytes of brackets cost hundreds of
 * megabytes; here a level costs one bit. A replaced part must be well-formed, otherwise a broken
 * body would pass as a valid one.
 */
final class JsonDepthLimiter {
  /**
   * Levels of the document that are kept. Above {@code JsonValue.MAX_DEPTH} plus the three levels
   * at which the deepest free-form part starts, so that the reader would cut, and count, the
   * replaced part anyway.
   */
  static final int MAX_LEVELS = 40;

  /** A token of RFC 8259; possessive, because backtracking would use a stack. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "[ \\t\\n\\r]*+(?:"
              + "(?<text>\"(?:[^\"\\\\\\x00-\\x1f]++|\\\\(?:[\"\\\\/bfnrt]|u[0-9a-fA-F]{4}))*+\")"
              + "|(?<scalar>true|false|null"
              + "|-?+(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?+(?:[eE][-+]?+[0-9]++)?+)"
              + "|[{}\\[\\],:])");

  /** A string or other scalar, or the end of an object or array: a whole value. */
  private static final char VALUE = 'v';

  private static final char TEXT = 't';
  private static final char NAME = 'n';

  private JsonDepthLimiter() {}

  /**
   * True if nothing is nested too deep before the first place that is not JSON, where the parser
   * stops as well. The relevant bytes are ASCII, which is never part of another character in UTF-8
   * and survives the replacement of malformed bytes.
   */
  static boolean isShallow(InputStream json) throws IOException {
    byte[] buffer = new byte[8 * 1024];
    boolean inText = false;
    boolean isEscaped = false;
    int depth = 0;
    for (int count = json.read(buffer); count >= 0; count = json.read(buffer)) {
      for (int i = 0; i < count; i++) {
        byte c = buffer[i];
        if (isEscaped) {
          isEscaped = false;
        } else if (c == '"') {
          inText = !inText;
        } else if (inText) {
          isEscaped = c == '\\';
        } else if (c == '{' || c == '[') {
          if (++depth > MAX_LEVELS) {
            return false;
          }
        } else if (c == '}' || c == ']') {
          depth--;
        }
      }
    }
    return true;
  }

  /** The text with at most {@link #MAX_LEVELS} levels, or empty when a deeper part is broken. */
  static Optional<String> cut(String json) {
    Matcher token = TOKEN.matcher(json);
    StringBuilder shallow = new StringBuilder();
    int depth = 0;
    int copied = 0;
    int next;
    for (int i = 0; i < json.length(); i = next) {
      char c = json.charAt(i);
      next = i + 1;
      if (c == '"') {
        next = token.region(i, json.length()).lookingAt() ? token.end() : -1;
      } else if ((c == '{' || c == '[') && depth == MAX_LEVELS) {
        next = end(json, i);
        shallow.append(json, copied, i).append("null");
        copied = next;
      } else if (c == '{' || c == '[') {
        depth++;
      } else if (c == '}' || c == ']') {
        depth--;
      }
      if (next < 0 || depth < 0) {
        return Optional.empty();
      }
    }
    return Optional.of(copied == 0 ? json : shallow.append(json, copied, json.length()).toString());
  }

  /** The index behind the object or array at {@code start}, or -1 when it is not well-formed. */
  static int end(String json, int start) {
    Matcher token = TOKEN.matcher(json);
    BitSet isObject = new BitSet();
    int depth = 0;
    int pos = start;
    char before = ':';
    do {
      if (!token.region(pos, json.length()).lookingAt()) {
        return -1;
      }
      pos = token.end();
      boolean inObject = depth > 0 && isObject.get(depth - 1);
      boolean isSeparated = before == ',' || before == '{' || before == '[';
      char kind = kind(token, json.charAt(pos - 1));
      if (kind == TEXT) {
        kind = inObject && isSeparated ? NAME : VALUE;
      }
      boolean isInPlace =
          switch (kind) {
            case NAME -> true;
            case ':' -> before == NAME;
            case ',' -> before == VALUE;
            case '}' -> inObject && (before == '{' || before == VALUE);
            case ']' -> !inObject && (before == '[' || before == VALUE);
            default -> before == ':' || (isSeparated && !inObject);
          };
      if (!isInPlace) {
        return -1;
      }
      before = kind;
      if (kind == '{' || kind == '[') {
        isObject.set(depth, kind == '{');
        depth++;
      } else if (kind == '}' || kind == ']') {
        depth--;
        before = VALUE;
      }
    } while (depth > 0);
    return pos;
  }

  private static char kind(Matcher token, char last) {
    if (token.start("text") >= 0) {
      return TEXT;
    }
    return token.start("scalar") >= 0 ? VALUE : last;
  }
}
