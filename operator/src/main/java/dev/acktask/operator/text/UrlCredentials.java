package dev.acktask.operator.text;

/**
 * Masks credentials before the host: {@code https://user:secret@host}, and without a scheme {@code
 * user:secret@tcp(host)}. Each word is searched once for each mark, so that the time stays linear.
 */
final class UrlCredentials {
  private static final String SCHEME_END = "://";

  /**
   * Characters that end the part of a URL with user and host. Not {@code ?} and {@code #}: pasted
   * secrets contain them.
   */
  private static final String AUTHORITY_END = "/\"'<>`\\";

  private UrlCredentials() {}

  static String mask(String text) {
    if (text.indexOf('@') < 0) {
      return text;
    }
    MaskedText masked = new MaskedText(text);
    int index = 0;
    while (index < text.length()) {
      int end = index;
      while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
        end++;
      }
      maskWord(text, index, end, masked);
      index = end + 1;
    }
    return masked.finish();
  }

  private static void maskWord(String text, int from, int to, MaskedText masked) {
    int lastAt = lastIndexOf(text, '@', from, to);
    if (lastAt < 0) {
      return;
    }
    int scheme = text.indexOf(SCHEME_END, from, to);
    if (scheme < 0) {
      maskWithoutScheme(text, from, lastAt, masked);
    }
    while (scheme >= 0 && scheme < lastAt) {
      int start = scheme + SCHEME_END.length();
      int authorityEnd = start;
      while (authorityEnd < to && AUTHORITY_END.indexOf(text.charAt(authorityEnd)) < 0) {
        authorityEnd++;
      }
      int at = lastIndexOf(text, '@', start, authorityEnd);
      if (at >= 0) {
        masked.mask(start, at);
      } else if (hasSecretWithSlash(text, start, authorityEnd)) {
        masked.mask(start, lastAt);
        authorityEnd = lastAt;
      }
      scheme = text.indexOf(SCHEME_END, authorityEnd, to);
    }
  }

  /** {@code user:se/cret@host}: what follows the colon is no port. */
  private static boolean hasSecretWithSlash(String text, int from, int to) {
    int colon = text.indexOf(":", from, to);
    if (colon < 0) {
      return false;
    }
    for (int i = colon + 1; i < to; i++) {
      if (!Character.isDigit(text.charAt(i))) {
        return text.charAt(from) != '[';
      }
    }
    return colon + 1 == to;
  }

  private static void maskWithoutScheme(String text, int from, int at, MaskedText masked) {
    int colon = text.indexOf(":", from, at);
    boolean isDigest = text.startsWith("sha256:", at + 1) || text.startsWith("sha512:", at + 1);
    if (colon > from && colon + 1 < at && !isDigest) {
      masked.mask(colon + 1, at);
    }
  }

  private static int lastIndexOf(String text, char c, int from, int to) {
    for (int i = to - 1; i >= from; i--) {
      if (text.charAt(i) == c) {
        return i;
      }
    }
    return -1;
  }
}
