package dev.acktask.operator.alibaba;

import dev.acktask.operator.task.TaskClient;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Rejected;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import dev.acktask.operator.task.TaskLookup.Unavailable;
import dev.acktask.operator.task.TaskRef;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Reads tasks of one account in one region through DescribeTaskInfo.
 *
 * <p>Nothing of a request or an answer is logged, at any level.
 */
public final class AlibabaTaskClient implements TaskClient {
  private final CloudTransport transport;
  private final Endpoint endpoint;
  private final CredentialSource credentials;
  private final SignedRequests requests;
  private final AnswerReader answers;

  public AlibabaTaskClient(
      CloudTransport transport,
      Endpoint endpoint,
      CredentialSource credentials,
      InstantSource clock) {
    this(transport, endpoint, credentials, clock, AlibabaTaskClient::randomNonce);
  }

  AlibabaTaskClient(
      CloudTransport transport,
      Endpoint endpoint,
      CredentialSource credentials,
      InstantSource clock,
      Supplier<String> nonces) {
    this.transport = transport;
    this.endpoint = endpoint;
    this.credentials = credentials;
    this.requests = new SignedRequests(endpoint, clock, nonces);
    this.answers = new AnswerReader(clock);
  }

  private static String randomNonce() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  @Override
  public TaskLookup describe(TaskRef task) {
    Deadline deadline = transport.startCall();
    return switch (credentials.current()) {
      case CredentialLookup.Missing missing ->
          new Rejected(Refusal.CREDENTIALS_MISSING, missing.message(), null);
      case CredentialLookup.Invalid invalid ->
          new Rejected(Refusal.CREDENTIALS_INVALID, invalid.message(), null);
      case CredentialLookup.Ready ready -> describe(task, ready.credential(), deadline);
    };
  }

  private TaskLookup describe(TaskRef task, Credential credential, Deadline deadline) {
    Exchange first = exchange(task, credential, deadline);
    TaskLookup lookup = lookup(first, task);
    if (isWorthASecondTry(first, lookup)) {
      lookup = lookup(exchange(task, credential, deadline), task);
    }
    if (lookup instanceof Rejected rejected && rejected.cause() == Refusal.UNAUTHORIZED) {
      credentials.refused(credential);
    }
    return lookup;
  }

  private Exchange exchange(TaskRef task, Credential credential, Deadline deadline) {
    return transport.send(requests.describe(task, credential), endpoint.addresses(), deadline);
  }

  private TaskLookup lookup(Exchange exchange, TaskRef task) {
    return switch (exchange) {
      case Exchange.Answered answered -> answers.read(answered.answer(), task);
      case Exchange.Lost lost ->
          new Unavailable(lost.cause().failure(), lost.cause().message(), null);
    };
  }

  /**
   * A connection that the server had closed while it was idle, and a nonce or time that was
   * refused, say nothing about the task and heal with a new request; whatever else went wrong is
   * left to the next poll.
   */
  private static boolean isWorthASecondTry(Exchange exchange, TaskLookup lookup) {
    return (exchange instanceof Exchange.Lost lost && lost.isStale())
        || (lookup instanceof Rejected rejected && rejected.cause() == Refusal.CLOCK_SKEW);
  }
}
