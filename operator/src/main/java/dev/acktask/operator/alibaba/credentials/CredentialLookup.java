package dev.acktask.operator.alibaba.credentials;

/**
 * The result of asking for a credential. Messages are human-readable and hold no part of a secret.
 */
public sealed interface CredentialLookup {
  /** A credential that can be used now. */
  record Ready(Credential credential) implements CredentialLookup {}

  /** No credential is configured, or none is available yet. */
  record Missing(String message) implements CredentialLookup {}

  /** A credential is configured but unusable, or was rejected. */
  record Invalid(String message) implements CredentialLookup {}
}
