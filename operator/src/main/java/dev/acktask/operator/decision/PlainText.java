package dev.acktask.operator.decision;

import dev.acktask.operator.text.HiddenCharacters;
import dev.acktask.operator.text.Redaction;
import org.jspecify.annotations.Nullable;

/**
 * Remote text made fit for a status: one line, of bounded length, without characters that hide or
 * reorder what a terminal shows, and without secrets. Applying it twice equals applying it once.
 */
enum PlainText {
  /** Identifiers and other words. */
  WORD(256),
  /** Sentences. */
  MESSAGE(1024);

  private static final char REPLACEMENT = '\uFFFD';
  private static final char CUT = '\u2026';

  /** Far more than any text was seen to need. */
  private static final int PASSES = 8;

  private final int limit;

  PlainText(int limit) {
    this.limit = limit;
  }

  /** {@code raw} made fit, at most as many UTF-16 units long as this kind allows. */
  String of(String raw) {
    String text = raw;
    for (int pass = 0; pass < PASSES; pass++) {
      String before = text;
      text = step(before);
      if (text.equals(before)) {
        break;
      }
    }
    return text;
  }

  /** One pass; what it takes out or cuts off may bring forth another secret. */
  private String step(String raw) {
    // The secret is looked for before the cut, which could hide the mark that gives it away.
    String head = bounded(raw, 4 * limit);
    String clean = clean(Redaction.BUILT_IN.text(head)).strip();
    boolean cut = head.length() < raw.length() || clean.length() > limit;
    return cut ? bounded(clean, limit - 1) + CUT : clean;
  }

  /** Like {@link #of}, but null for null and for nothing but blanks. */
  @Nullable String orNull(@Nullable String raw) {
    String text = raw == null ? "" : of(raw);
    return text.isEmpty() ? null : text;
  }

  /**
   * {@code raw} bounded but not trimmed: for a word whose exact spelling matters, since a padded
   * {@code success} must not look like one.
   */
  static String verbatim(String raw) {
    String head = Redaction.BUILT_IN.text(bounded(raw, WORD.limit));
    String clean = clean(bounded(head, WORD.limit).replaceAll("[\\t\\r\\n]", "\uFFFD"));
    return raw.length() > WORD.limit ? bounded(clean, WORD.limit - 1) + CUT : clean;
  }

  /** {@code text} cut to {@code limit} UTF-16 units, never through a surrogate pair. */
  static String bounded(String text, int limit) {
    if (text.length() <= limit) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
    return text.substring(0, end);
  }

  /** Blanks for line breaks, U+FFFD for what must not be shown. */
  static String clean(String raw) {
    StringBuilder text = new StringBuilder(raw.length());
    for (int i = 0; i < raw.length(); ) {
      int c = raw.codePointAt(i);
      i += Character.charCount(c);
      if (c == '\n' || c == '\r' || c == '\t') {
        text.append(' ');
      } else if (HiddenCharacters.isHidden(c)) {
        text.append(REPLACEMENT);
      } else {
        text.appendCodePoint(c);
      }
    }
    return text.toString();
  }
}
