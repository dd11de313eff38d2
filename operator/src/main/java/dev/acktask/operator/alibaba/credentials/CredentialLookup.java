package dev.acktask.operator.alibaba.credentials;

import dev.acktask.operator.task.TaskLookup;

/** The result of asking for a credential. */
public sealed interface CredentialLookup {
  /** A credential that can be used now. */
  record Ready(Credential credential) implements CredentialLookup {}

  /** No credential can be used now. */
  sealed interface NotReady extends CredentialLookup {
    /** Whole sentences: cause and action; no part of a secret. */
    String message();
  }

  /** An access key is not configured, or was removed. */
  record Missing(String message) implements NotReady {}

  /** An access key is configured but malformed. */
  record Invalid(String message) implements NotReady {}

  /** STS refuses the access key or session with which another session is requested. */
  record Refused(String message) implements NotReady {}

  /**
   * No session of a role can be issued until something is corrected: STS refuses the role, or there
   * is no token to prove the identity with.
   */
  record NotIssued(String message) implements NotReady {}

  /**
   * There is no session because STS or the API server gives no answer. Recovers without manual
   * action once the outage is over.
   *
   * @param cause the kind of outage
   */
  record Unavailable(TaskLookup.Unavailable.Failure cause, String message) implements NotReady {}
}
