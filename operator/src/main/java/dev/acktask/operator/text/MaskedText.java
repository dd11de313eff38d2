package dev.acktask.operator.text;

/** A copy of a text in which ranges are replaced by the mask. Ranges come in ascending order. */
final class MaskedText {
  static final String MASK = "***";

  private final String source;
  private final StringBuilder out = new StringBuilder();
  private int copied;

  MaskedText(String source) {
    this.source = source;
  }

  /** Masks {@code [from, to)}; what an earlier range covers already is not masked twice. */
  void mask(int from, int to) {
    int start = Math.max(from, copied);
    if (start < to) {
      out.append(source, copied, start).append(MASK);
      copied = to;
    }
  }

  /** The text with all masks. */
  String finish() {
    return copied == 0 ? source : out.append(source, copied, source.length()).toString();
  }
}
