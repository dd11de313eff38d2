package dev.acktask.operator.alibaba;

import dev.acktask.operator.alibaba.credentials.Credential;
import dev.acktask.operator.alibaba.credentials.CredentialLookup;
import dev.acktask.operator.alibaba.credentials.CredentialProvider;
import dev.acktask.operator.alibaba.response.TaskResponseReader;
import dev.acktask.operator.alibaba.signing.NonceGenerator;
import dev.acktask.operator.alibaba.signing.RequestSigner;
import dev.acktask.operator.task.AnswerDigest;
import dev.acktask.operator.task.TaskClient;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Rejected;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import dev.acktask.operator.task.TaskLookup.Unavailable;
import dev.acktask.operator.task.TaskRef;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads tasks of one account in one region through DescribeTaskInfo.
 *
 * <p>Nothing of a request or an answer is logged, at any level.
 */
public final class AlibabaTaskClient implements TaskClient {
  private final CloudTransport transport;
  private final Endpoint endpoint;
  private final CredentialProvider credentials;
  private final RequestSigner signer;
  private final TaskResponseReader reader;

  public AlibabaTaskClient(
      CloudTransport transport,
      Endpoint endpoint,
      CredentialProvider credentials,
      InstantSource clock) {
    this(transport, endpoint, credentials, clock, new NonceGenerator());
  }

  AlibabaTaskClient(
      CloudTransport transport,
      Endpoint endpoint,
      CredentialProvider credentials,
      InstantSource clock,
      Supplier<String> nonces) {
    this.transport = transport;
    this.endpoint = endpoint;
    this.credentials = credentials;
    this.signer = new RequestSigner(endpoint, clock, nonces);
    this.reader = new TaskResponseReader(clock);
  }

  @Override
  public TaskLookup describe(TaskRef task) {
    return poll(task, null);
  }

  @Override
  public TaskLookup describe(TaskRef task, AnswerDigest lastDigest) {
    return poll(task, lastDigest);
  }

  private TaskLookup poll(TaskRef task, @Nullable AnswerDigest lastDigest) {
    Deadline deadline = transport.startCall();
    return switch (credentials.current()) {
      case CredentialLookup.Ready ready -> poll(task, lastDigest, ready.credential(), deadline);
      case CredentialLookup.NotReady none -> withoutCredential(none);
    };
  }

  /** No request is sent. */
  private static TaskLookup withoutCredential(CredentialLookup.NotReady none) {
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
  private TaskLookup poll(
      TaskRef task, @Nullable AnswerDigest lastDigest, Credential credential, Deadline deadline) {
    TaskLookup lookup = attempt(task, lastDigest, credential, deadline);
    return isRefused(lookup)
            && credentials.current() instanceof CredentialLookup.Ready next
            && next.credential() != credential
        ? attempt(task, lastDigest, next.credential(), deadline)
        : lookup;
  }

  /** Reports the credential to its provider if the cloud refuses it. */
  private TaskLookup attempt(
      TaskRef task, @Nullable AnswerDigest lastDigest, Credential credential, Deadline deadline) {
    Outcome first = send(task, lastDigest, credential, deadline);
    TaskLookup lookup =
        first.isRetryable ? send(task, lastDigest, credential, deadline).lookup : first.lookup;
    if (isRefused(lookup)) {
      credentials.reportRefused(credential);
    }
    return lookup;
  }

  private static boolean isRefused(TaskLookup lookup) {
    return lookup instanceof Rejected rejected && rejected.cause() == Refusal.UNAUTHORIZED;
  }

  private record Outcome(TaskLookup lookup, boolean isRetryable) {}

  private Outcome send(
      TaskRef task, @Nullable AnswerDigest lastDigest, Credential credential, Deadline deadline) {
    return transport.send(
        signer.describe(task, credential),
        endpoint.addresses(),
        deadline,
        result -> {
          TaskLookup lookup = lookup(result, task, lastDigest);
          return new Outcome(lookup, isRetryable(result, lookup));
        });
  }

  private TaskLookup lookup(HttpResult result, TaskRef task, @Nullable AnswerDigest lastDigest) {
    return switch (result) {
      case HttpResult.Answered answered ->
          lastDigest != null && TaskResponseReader.isUnchanged(answered.answer(), lastDigest)
              ? new TaskLookup.Unchanged()
              : reader.read(answered.answer(), task);
      case HttpResult.Lost lost -> new Unavailable(lost.cause().failure(), lost.message(), null);
    };
  }

  /**
   * True for a connection that the server closed while it was idle, and for a rejected nonce or
   * time: a new request can succeed at once. Every other failure waits for the next poll.
   */
  private static boolean isRetryable(HttpResult result, TaskLookup lookup) {
    return (result instanceof HttpResult.Lost lost && lost.isStale())
        || (lookup instanceof Rejected rejected && rejected.cause() == Refusal.CLOCK_SKEW);
  }
}
