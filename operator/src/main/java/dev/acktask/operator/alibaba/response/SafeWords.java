package dev.acktask.operator.alibaba.response;

import dev.acktask.operator.text.SafeText;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Makes the words of one list safe to show, each once: a list repeats few types and states, and the
 * search for secrets costs more than reading them. For one thread.
 */
final class SafeWords {
  /** UTF-16 units of a word that is kept in memory. */
  private static final int MAX_KEPT = 64;

  private final Map<String, String> words = new HashMap<>();
  private final Map<String, String> verbatim = new HashMap<>();

  /** See {@link SafeText#orNull}, for {@link SafeText#WORD}. */
  @Nullable String word(@Nullable String raw) {
    String safe = raw == null ? "" : safe(raw, words, SafeText.WORD::of);
    return safe.isEmpty() ? null : safe;
  }

  /** See {@link SafeText#verbatim}; null for null. */
  @Nullable String verbatim(@Nullable String raw) {
    return raw == null ? null : safe(raw, verbatim, SafeText::verbatim);
  }

  private static String safe(String raw, Map<String, String> known, UnaryOperator<String> rule) {
    return raw.length() > MAX_KEPT ? rule.apply(raw) : known.computeIfAbsent(raw, rule);
  }
}
