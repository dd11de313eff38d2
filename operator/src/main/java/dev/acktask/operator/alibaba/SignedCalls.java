package dev.acktask.operator.alibaba;

import dev.acktask.operator.alibaba.credentials.Credential;
import dev.acktask.operator.alibaba.credentials.CredentialLookup;
import dev.acktask.operator.alibaba.credentials.CredentialProvider;
import dev.acktask.operator.task.TaskLookup.NoAnswer;
import dev.acktask.operator.task.TaskLookup.Rejected;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import dev.acktask.operator.task.TaskLookup.Unavailable;
import org.jspecify.annotations.Nullable;

/**
 * Makes signed calls of one account to one endpoint, each within one deadline. A request is
 * repeated only where another one can succeed at once.
 *
 * <p>Nothing of a request or an answer is logged, at any level.
 */
final class SignedCalls {
  private final CloudTransport transport;
  private final Endpoint endpoint;
  private final CredentialProvider credentials;

  SignedCalls(CloudTransport transport, Endpoint endpoint, CredentialProvider credentials) {
    this.transport = transport;
    this.endpoint = endpoint;
    this.credentials = credentials;
  }

  /** The result of {@code call}; sends nothing without a credential. */
  <T> T make(SignedCall<T> call) {
    Deadline deadline = transport.startCall();
    return switch (credentials.current()) {
      case CredentialLookup.Ready ready -> make(call, ready.credential(), deadline);
      case CredentialLookup.NotReady none -> call.failed(withoutCredential(none));
    };
  }

  private static NoAnswer withoutCredential(CredentialLookup.NotReady none) {
    return switch (none) {
      case CredentialLookup.Missing missing ->
          new Rejected(Refusal.CREDENTIALS_MISSING, missing.message(), null);
      case CredentialLookup.Invalid invalid ->
          new Rejected(Refusal.CREDENTIALS_INVALID, invalid.message(), null);
      case CredentialLookup.Refused refused ->
          new Rejected(Refusal.UNAUTHORIZED, refused.message(), null);
      case CredentialLookup.NotIssued notIssued ->
          new Rejected(Refusal.ROLE_NOT_ASSUMABLE, notIssued.message(), null);
      case CredentialLookup.Unavailable outage ->
          new Unavailable(outage.cause(), outage.message(), null);
    };
  }

  /** Sends once more if the key turns out to be replaced: a rotation costs one failed request. */
  private <T> T make(SignedCall<T> call, Credential credential, Deadline deadline) {
    T result = attempt(call, credential, deadline);
    return isRejected(call.cause(result), Refusal.UNAUTHORIZED)
            && credentials.current() instanceof CredentialLookup.Ready next
            && next.credential() != credential
        ? attempt(call, next.credential(), deadline)
        : result;
  }

  /** Reports the credential to its provider if the cloud refuses it. */
  private <T> T attempt(SignedCall<T> call, Credential credential, Deadline deadline) {
    Attempt<T> first = send(call, credential, deadline);
    T result = first.isRetryable ? send(call, credential, deadline).result : first.result;
    if (isRejected(call.cause(result), Refusal.UNAUTHORIZED)) {
      credentials.reportRefused(credential);
    }
    return result;
  }

  private record Attempt<T>(T result, boolean isRetryable) {}

  private <T> Attempt<T> send(SignedCall<T> call, Credential credential, Deadline deadline) {
    return transport.send(
        call.request(credential),
        endpoint.addresses(),
        deadline,
        call.maxBodyBytes(),
        result ->
            switch (result) {
              case HttpResult.Answered answered -> answered(call, answered.answer());
              case HttpResult.Lost lost ->
                  new Attempt<>(
                      call.failed(new Unavailable(lost.cause().failure(), lost.message(), null)),
                      lost.isStale());
            });
  }

  /**
   * A rejected nonce or time is retryable, as is a connection that the server closed while it was
   * idle: a new request can succeed at once. Every other failure waits for the next call.
   */
  private static <T> Attempt<T> answered(SignedCall<T> call, HttpAnswer answer) {
    T result = call.read(answer);
    return new Attempt<>(result, isRejected(call.cause(result), Refusal.CLOCK_SKEW));
  }

  private static boolean isRejected(@Nullable NoAnswer result, Refusal cause) {
    return result instanceof Rejected rejected && rejected.cause() == cause;
  }
}
