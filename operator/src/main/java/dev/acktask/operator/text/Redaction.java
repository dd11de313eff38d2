package dev.acktask.operator.text;

import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;

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

  /** Masks what every operator masks. */
  public static final Redaction BUILT_IN = new Redaction(List.of());

  private final SecretNames names;
  private final UnaryOperator<String> rules;

  /**
   * Prepares the rules.
   *
   * @param moreNames parts of names that are sensitive as well, in any case
   */
  public Redaction(Collection<String> moreNames) {
    this.names = new SecretNames(moreNames);
    this.rules = text -> pass(text, names);
  }

  /** A copy that applies {@code rules} around those of {@code original}. */
  Redaction(Redaction original, UnaryOperator<UnaryOperator<String>> around) {
    this.names = original.names;
    this.rules = around.apply(original.rules);
  }

  /** {@code text} without what looks like a secret. Applying it twice equals applying it once. */
  public String text(String text) {
    return text(text, UnaryOperator.identity());
  }

  /**
   * What is shown of {@code text}, without what looks like a secret. The rules go over the text
   * once, and over what is shown once more: a mask or a cut can join what stood apart. If they find
   * more then, the whole text is masked, so that the work never exceeds two passes.
   *
   * @param shown makes of a masked text what is shown of it
   */
  public String text(String text, UnaryOperator<String> shown) {
    if (text.length() < SHORTEST) {
      return shown.apply(text);
    }
    String result = shown.apply(rules.apply(text));
    return result.equals(text) || result.equals(rules.apply(result)) ? result : MASK;
  }

  private static String pass(String text, SecretNames names) {
    String masked = UrlCredentials.mask(PemBlocks.mask(text));
    return SecretShapes.mask(NamedValues.mask(masked, names));
  }

  /** True when the value of a member called {@code name} must not be shown. */
  public boolean isSensitive(String name) {
    return names.kind(name) != null;
  }
}
