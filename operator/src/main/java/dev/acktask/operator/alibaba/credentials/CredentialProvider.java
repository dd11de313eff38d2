package dev.acktask.operator.alibaba.credentials;

import java.nio.file.Path;
import java.util.Map;

/** Provides the credential of a connection. */
@FunctionalInterface
public interface CredentialProvider {
  /**
   * The credential for the next request. Called for every request. Never throws; blocks for at most
   * a few seconds, and only while no usable value exists.
   */
  CredentialLookup current();

  /**
   * Reports that the cloud rejected {@code credential}. The provider may then fetch a newer one, at
   * its own rate.
   */
  default void reportRefused(Credential credential) {}

  /**
   * Selects the operator's identity: the files of {@code ACKTASK_CREDENTIALS_DIR}, an access key in
   * the environment, or RRSA (OIDC). The worker node's role is never used: every pod of the node
   * has it. Profiles of command-line tools are not read: a pod has none.
   *
   * @param env the environment variables of the process
   * @param home the user's home directory; a profile there is only mentioned in the message
   */
  static CredentialSelection fromEnvironment(Map<String, String> env, Path home) {
    return new CredentialProviderFactory(env, home).select();
  }
}
