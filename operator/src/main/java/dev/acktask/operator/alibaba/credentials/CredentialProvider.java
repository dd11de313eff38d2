package dev.acktask.operator.alibaba.credentials;

import dev.acktask.operator.alibaba.Endpoint;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Provides the credential of a connection. */
@FunctionalInterface
public interface CredentialProvider {
  /**
   * The credential for the next request. Called for every request. Never throws; blocks for at most
   * a few seconds, and only while no usable value exists, or the one at hand is refused or too old.
   *
   * <p>The instance of {@link Credential} stays the same until the credential changes.
   */
  CredentialLookup current();

  /**
   * Reports that the cloud rejected {@code credential}. The provider may then fetch a newer one, at
   * its own rate.
   */
  default void reportRefused(Credential credential) {}

  /**
   * Id of the account that the credential belongs to, as STS named it with the last session. Empty
   * before the first session, and for an access key, whose account no answer names.
   */
  default Optional<String> account() {
    return Optional.empty();
  }

  /**
   * Selects the operator's identity: the files of {@code ACKTASK_CREDENTIALS_DIR}, an access key in
   * the environment, or RRSA (OIDC). The worker node's role is never used: every pod of the node
   * has it. Profiles of command-line tools are not read: a pod has none.
   *
   * @param env the environment variables of the process
   * @param home the user's home directory; a profile there is only mentioned in the message
   */
  static CredentialSelection fromEnvironment(Map<String, String> env, Path home) {
    return fromEnvironment(env, home, null);
  }

  /**
   * As {@link #fromEnvironment(Map, Path)}.
   *
   * @param sts replaces the STS host of the environment: for tests and the demo, where the cloud is
   *     simulated; null in production
   */
  static CredentialSelection fromEnvironment(
      Map<String, String> env, Path home, @Nullable Endpoint sts) {
    return new CredentialProviderFactory(env, home, sts).select();
  }
}
