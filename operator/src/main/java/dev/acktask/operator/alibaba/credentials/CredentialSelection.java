package dev.acktask.operator.alibaba.credentials;

import dev.acktask.operator.alibaba.CloudTransport;
import java.util.List;
import java.util.function.Function;

/** The operator's identity as configured in the environment. */
public sealed interface CredentialSelection {
  /**
   * Exactly one identity.
   *
   * @param connect creates the provider; it calls STS through the given transport
   * @param description the kind of source, for the log: no key, no token
   * @param isRole true for sessions of a role, false for an access key
   */
  record Selected(
      Function<CloudTransport, CredentialProvider> connect, String description, boolean isRole)
      implements CredentialSelection {}

  /**
   * No identity is configured.
   *
   * @param message what to set
   */
  record NotConfigured(String message) implements CredentialSelection {}

  /**
   * The configuration is incomplete or ambiguous. The operator refuses to start: a guess could use
   * an unintended identity.
   *
   * @param problems each a sentence that names what to set or unset
   */
  record Misconfigured(List<String> problems) implements CredentialSelection {
    public Misconfigured {
      problems = List.copyOf(problems);
    }
  }
}
