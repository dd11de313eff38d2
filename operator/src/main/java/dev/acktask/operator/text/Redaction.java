package dev.acktask.operator.text;

import java.util.Collection;
import java.util.List;

/**
 * Takes out what looks like a secret. Those who may read an AckTask may not be allowed to read the
 * password that a task was started with; taking out too much is the smaller harm.
 *
 * <p>The rules are tables: names that announce a secret ({@link SecretNames}), forms of secrets
 * ({@link SecretShapes}) and the words of ordinary messages ({@link Sentence}). The time is linear
 * in the length of the text, whatever it is.
 */
public final class Redaction {
  public static final String MASK = MaskedText.MASK;

  /** The shortest text that can hold a name, a separator and a value. */
  private static final int SHORTEST = 4;

  /** A mask can join what stood apart; no text was seen to need more than three passes. */
  private static final int PASSES = 8;

  /** Masks what every operator masks. */
  public static final Redaction BUILT_IN = new Redaction(List.of());

  private final SecretNames names;

  /**
   * Prepares the rules.
   *
   * @param moreNames parts of names that are sensitive as well, in any case
   */
  public Redaction(Collection<String> moreNames) {
    this.names = new SecretNames(moreNames);
  }

  /** {@code text} without what looks like a secret. Applying it twice equals applying it once. */
  public String text(String text) {
    if (text.length() < SHORTEST) {
      return text;
    }
    String masked = text;
    for (int pass = 0; pass < PASSES; pass++) {
      String before = masked;
      masked = pass(before);
      if (masked.equals(before)) {
        break;
      }
    }
    return masked;
  }

  private String pass(String text) {
    String masked = UrlCredentials.mask(PemBlocks.mask(text));
    return SecretShapes.mask(NamedValues.mask(masked, names));
  }

  /** True when the value of a member called {@code name} must not be shown. */
  public boolean isSensitive(String name) {
    return names.kind(name) != null;
  }
}
