package dev.acktask.operator.text;

import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Masks probable secrets. Readers of an AckTask may not be allowed to read the password that a task
 * was started with; masking too much is the smaller harm.
 *
 * <p>The rules are tables: names that announce a secret ({@link SecretNames}), forms of secrets
 * ({@link SecretPatterns}) and the words of ordinary messages ({@link ProseSecrets}). The time is
 * linear in the length of any text.
 */
public final class Redaction {
  public static final String MASK = MaskedText.MASK;

  /** The shortest text that can hold a name, a separator and a value. */
  private static final int SHORTEST = 4;

  /** The built-in rules, without configured names. */
  public static final Redaction BUILT_IN = new Redaction(List.of());

  private final SecretNames names;
  private final UnaryOperator<String> rules;

  /**
   * @param moreNames parts of names that are sensitive as well, in any case
   */
  public Redaction(Collection<String> moreNames) {
    this.names = new SecretNames(moreNames);
    this.rules = text -> pass(text, names);
  }

  /** A copy of {@code original} whose rules are wrapped by {@code around}. */
  Redaction(Redaction original, UnaryOperator<UnaryOperator<String>> around) {
    this.names = original.names;
    this.rules = around.apply(original.rules);
  }

  /** {@code text} with probable secrets masked. Applying it twice equals applying it once. */
  public String text(String text) {
    return text(text, UnaryOperator.identity());
  }

  /**
   * {@code text} masked and then truncated. The rules run over the text, and once more over the
   * result, because a mask or a cut can join separate parts. If they find more then, the whole text
   * is masked, so the work never exceeds two passes.
   *
   * @param truncate shortens a masked text
   */
  public String text(String text, UnaryOperator<String> truncate) {
    if (text.length() < SHORTEST) {
      return truncate.apply(text);
    }
    String result = truncate.apply(rules.apply(text));
    return result.equals(text) || result.equals(rules.apply(result)) ? result : MASK;
  }

  private static String pass(String text, SecretNames names) {
    String masked = UrlCredentials.mask(PemBlocks.mask(text));
    return SecretPatterns.mask(NamedSecrets.mask(masked, names));
  }

  /** True if the value of a member called {@code name} must be masked. */
  public boolean isSensitive(String name) {
    return names.kind(name) != null;
  }
}
