package dev.acktask.operator.text;

/**
 * Masks PEM blocks and private keys in the form of PuTTY. A block without an end marker extends to
 * the end of the text, because a cut text may end inside a key.
 */
final class PemBlocks {
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END";
  private static final String DASHES = "-----";
  private static final String PUTTY = "PuTTY-User-Key-File";

  private PemBlocks() {}

  static String mask(String text) {
    MaskedText masked = new MaskedText(text);
    int begin = text.indexOf(BEGIN);
    while (begin >= 0) {
      int end = end(text, begin);
      masked.mask(begin, end);
      begin = text.indexOf(BEGIN, end);
    }
    String withoutPem = masked.finish();
    int putty = withoutPem.indexOf(PUTTY);
    return putty < 0 ? withoutPem : withoutPem.substring(0, putty) + MaskedText.MASK;
  }

  private static int end(String text, int begin) {
    int end = text.indexOf(END, begin);
    if (end < 0) {
      return text.length();
    }
    int dashes = text.indexOf(DASHES, end + END.length());
    return dashes < 0 ? text.length() : dashes + DASHES.length();
  }
}
