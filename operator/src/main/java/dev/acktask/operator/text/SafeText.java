package dev.acktask.operator.text;

import org.jspecify.annotations.Nullable;

/**
 * Makes remote text safe for a status: one line, bounded length, no characters that hide or reorder
 * text on a terminal, no probable secrets. Applying it twice equals applying it once.
 */
public enum SafeText {
  /** Identifiers and other words. */
  WORD(256),
  /** Sentences. */
  MESSAGE(1024);

  private static final String REPLACEMENT = "\uFFFD";

  /** UTF-16 units of the longest word that is left out as a whole. */
  private static final int LONGEST_WORD = 64;

  private final int limit;

  SafeText(int limit) {
    this.limit = limit;
  }

  /** {@code raw} made safe, with at most as many UTF-16 units as this kind allows. */
  public String of(String raw) {
    // Reads more than it keeps: a cut must not remove the mark that reveals a secret.
    String head = BoundedText.head(raw, 2 * limit);
    boolean isCut = head.length() < raw.length();
    return Redaction.BUILT_IN.text(clean(head).strip(), masked -> truncated(masked, isCut));
  }

  /**
   * {@code masked} within the limit. After a cut of the input the last part is dropped, because the
   * end of a secret may be missing there; a mask at the end already marks the cut.
   */
  private String truncated(String masked, boolean isCut) {
    boolean isWhole = !isCut || masked.endsWith(Redaction.MASK);
    String text =
        isWhole ? masked : BoundedText.head(masked, Math.max(0, masked.length() - limit / 2));
    return isWhole && text.length() <= limit ? text : cut(text) + BoundedText.CUT;
  }

  /** Cut after a word where one ends close by: half a word can read like a secret. */
  private String cut(String text) {
    String head = BoundedText.head(text, limit - 1);
    int blank = head.lastIndexOf(' ');
    return blank > head.length() - LONGEST_WORD ? head.substring(0, blank + 1) : head;
  }

  /** Like {@link #of}, but null for null and for blank text. */
  public @Nullable String orNull(@Nullable String raw) {
    String text = raw == null ? "" : of(raw);
    return text.isEmpty() ? null : text;
  }

  /**
   * {@code raw} bounded but not trimmed, for a word whose exact spelling matters: a padded {@code
   * success} must stay distinguishable.
   */
  public static String verbatim(String raw) {
    String head = Redaction.BUILT_IN.text(BoundedText.head(raw, WORD.limit));
    String clean = HiddenCharacters.replace(BoundedText.head(head, WORD.limit), c -> REPLACEMENT);
    return raw.length() > WORD.limit
        ? BoundedText.head(clean, WORD.limit - 1) + BoundedText.CUT
        : clean;
  }

  /** Replaces line breaks with blanks, and hidden characters with U+FFFD. */
  static String clean(String raw) {
    return HiddenCharacters.replace(
        raw, c -> c == '\n' || c == '\r' || c == '\t' ? " " : REPLACEMENT);
  }
}
