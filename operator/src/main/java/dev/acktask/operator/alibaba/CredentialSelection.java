package dev.acktask.operator.alibaba;

import java.util.List;
import java.util.function.Function;

/** What the environment configures as the operator's own identity. */
public sealed interface CredentialSelection {
  /**
   * Exactly one identity.
   *
   * @param connect builds the source; one that asks STS does so through the given transport
   * @param description the kind of source, for the log: no key, no token
   */
  record Selected(Function<CloudTransport, CredentialSource> connect, String description)
      implements CredentialSelection {}

  /**
   * None.
   *
   * @param message what to set
   */
  record NotConfigured(String message) implements CredentialSelection {}

  /**
   * Something incomplete or ambiguous. Guessing would pick an identity that nobody chose, so the
   * start is refused.
   *
   * @param problems each a sentence that names what to set or unset
   */
  record Misconfigured(List<String> problems) implements CredentialSelection {
    public Misconfigured {
      problems = List.copyOf(problems);
    }
  }
}
