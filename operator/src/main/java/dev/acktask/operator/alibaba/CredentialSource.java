package dev.acktask.operator.alibaba;

import java.nio.file.Path;
import java.util.Map;

/** Where the credential of a connection comes from. */
@FunctionalInterface
public interface CredentialSource {
  /**
   * The credential to sign the next request with. Called for every request; never throws, and waits
   * at most a few seconds, and only while there is no usable value at all.
   */
  CredentialLookup current();

  /**
   * Told when the cloud refused {@code credential}: the source may look for a newer one before the
   * next request, at its own pace.
   */
  default void refused(Credential credential) {}

  /**
   * Chooses the operator's own identity: the files of {@code ACKTASK_CREDENTIALS_DIR}, an access
   * key in the environment, or RRSA (OIDC). The worker node's role is never used: every pod of the
   * node has it. Profiles of command-line tools are not read: a pod has none.
   *
   * @param env the process's environment
   * @param home the user's home directory, where a profile is only pointed out
   */
  static CredentialSelection fromEnvironment(Map<String, String> env, Path home) {
    return new EnvironmentCredentials(env, home).select();
  }
}
