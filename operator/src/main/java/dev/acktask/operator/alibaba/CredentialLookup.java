package dev.acktask.operator.alibaba;

/** What came of asking for a credential. Messages are for people and hold no part of a secret. */
public sealed interface CredentialLookup {
  /** A credential that may be used now. */
  record Ready(Credential credential) implements CredentialLookup {}

  /** There is none, or not yet. */
  record Missing(String message) implements CredentialLookup {}

  /** There is one, but it cannot be used, or it was refused. */
  record Invalid(String message) implements CredentialLookup {}
}
