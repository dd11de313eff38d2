package dev.acktask.operator.alibaba;

import java.util.Optional;

/**
 * Makes hostile nesting harmless before a JSON library sees it: values nested deeper than any that
 * is kept become {@code null}. An ordinary text is returned as it is.
 */
final class NestingLimit {
  /**
   * Levels of the document that are left. Above {@code FreeForm.MAX_DEPTH} plus the three levels at
   * which the deepest free-form part starts, so that whatever is replaced here is cut, and counted,
   * by the reader anyway.
   */
  static final int MAX_LEVELS = 40;

  private NestingLimit() {}

  /** The text with at most {@link #MAX_LEVELS} levels, or empty when a deeper part is broken. */
  static Optional<String> apply(String json) {
    StringBuilder shallow = null;
    int copied = 0;
    int depth = 0;
    int i = 0;
    while (i < json.length()) {
      char c = json.charAt(i);
      if (c == '"') {
        i = stringEnd(json, i);
      } else if (c == '{' || c == '[') {
        if (depth == MAX_LEVELS) {
          int end = JsonSubtree.end(json, i);
          if (end < 0) {
            return Optional.empty();
          }
          shallow = shallow == null ? new StringBuilder() : shallow;
          shallow.append(json, copied, i).append("null");
          copied = end;
          i = end;
        } else {
          depth++;
          i++;
        }
      } else {
        if (c == '}' || c == ']') {
          depth--;
        }
        i++;
      }
      if (depth < 0) {
        return Optional.empty();
      }
    }
    return Optional.of(
        shallow == null ? json : shallow.append(json, copied, json.length()).toString());
  }

  /** The index behind the string that starts at {@code start}; its content is not checked here. */
  private static int stringEnd(String json, int start) {
    for (int i = start + 1; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c == '"') {
        return i + 1;
      }
      if (c == '\\') {
        i++;
      }
    }
    return json.length();
  }
}
