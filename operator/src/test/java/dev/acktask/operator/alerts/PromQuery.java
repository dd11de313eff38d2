package dev.acktask.operator.alerts;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of metrics in a PromQL expression: the words that remain without strings, comments,
 * selectors, ranges, lists of labels, functions and keywords.
 */
final class PromQuery {
  private static final Pattern NO_METRICS =
      Pattern.compile(
          "\"[^\"]*\"|\\{[^}]*}|\\[[^]]*]"
              + "|\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");
  private static final Pattern WORD = Pattern.compile("(?<![\\w:])[a-zA-Z_:][\\w:]*+(?!\\s*\\()");
  private static final Set<String> KEYWORDS = Set.of("and", "or", "unless", "bool", "offset");

  private PromQuery() {}

  static Set<String> metrics(String expression) {
    // Strings first: they may contain braces and #.
    String bare = expression.replaceAll("\"[^\"]*\"", "\"\"").replaceAll("#.*", "");
    Matcher word = WORD.matcher(NO_METRICS.matcher(bare).replaceAll(" "));
    Set<String> names = new TreeSet<>();
    while (word.find()) {
      if (!KEYWORDS.contains(word.group())) {
        names.add(word.group());
      }
    }
    return names;
  }
}
