package dev.acktask.operator.text;

/** Finds the content of an XML element whose name or attribute announces a secret. */
final class XmlSecrets {
  /** UTF-16 units of the attributes that are read. */
  private static final int LONGEST_ATTRIBUTES = 256;

  /** UTF-16 units of a prefix: {@code ns:password}. */
  private static final int LONGEST_PREFIX = 32;

  private final FoldedText text;

  XmlSecrets(FoldedText text) {
    this.text = text;
  }

  /**
   * The content's start when the name in {@code [start, end)} is that of an element, or the value
   * of an attribute as in {@code <property name="password">X}; else -1.
   */
  int content(int start, int end) {
    char before = text.at(start - 1);
    boolean isAttribute =
        (before == '"' || before == '\'') && text.at(end) == before && text.at(start - 2) == '=';
    boolean isElement =
        before == '<'
            || (before == ':' && opens(start - 1, LONGEST_PREFIX))
            || (isAttribute && opens(start - 1, LONGEST_ATTRIBUTES));
    if (!isElement) {
      return -1;
    }
    for (int i = end; i < Math.min(text.length(), end + LONGEST_ATTRIBUTES); i++) {
      if (text.at(i) == '>') {
        return text.at(i - 1) == '/' ? -1 : i + 1;
      }
      if (text.at(i) == '<') {
        return -1;
      }
    }
    return -1;
  }

  /** True when a tag is open at {@code index}, which starts at most {@code most} units before. */
  private boolean opens(int index, int most) {
    for (int i = index; i >= Math.max(0, index - most); i--) {
      if (text.at(i) == '<' || text.at(i) == '>') {
        return text.at(i) == '<';
      }
    }
    return false;
  }
}
