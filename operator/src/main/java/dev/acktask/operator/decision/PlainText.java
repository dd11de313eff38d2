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

  /** UTF-16 units of the longest word that is left out as a whole. */
  private static final int LONGEST_WORD = 64;

  private final int limit;

  PlainText(int limit) {
    this.limit = limit;
  }

  /** {@code raw} made fit, at most as many UTF-16 units long as this kind allows. */
  String of(String raw) {
    // The cut must not take away the mark that gives a secret away: more is read than is shown.
    String head = bounded(raw, 2 * limit);
    boolean isCut = head.length() < raw.length();
    return Redaction.BUILT_IN.text(clean(head).strip(), masked -> shown(masked, isCut));
  }

  /**
   * {@code masked} within the limit, and without the last part where the end of a secret may be
   * missing. A mask at the end says itself that something is left out.
   */
  private String shown(String masked, boolean isCut) {
    boolean isWhole = !isCut || masked.endsWith(Redaction.MASK);
    String text = isWhole ? masked : bounded(masked, Math.max(0, masked.length() - limit / 2));
    return isWhole && text.length() <= limit ? text : cut(text) + CUT;
  }

  /** Cut after a word where one ends close by: half a word can read like a secret. */
  private String cut(String text) {
    String head = bounded(text, limit - 1);
    int blank = head.lastIndexOf(' ');
    return blank > head.length() - LONGEST_WORD ? head.substring(0, blank + 1) : head;
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
    if (text.length() <= limit || limit == 0) {
      return text.length() <= limit ? text : "";
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
