package dev.acktask.operator.alibaba;

import dev.acktask.operator.task.Fingerprint;
import dev.acktask.operator.task.TaskClient;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Rejected;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import dev.acktask.operator.task.TaskLookup.Unavailable;
import dev.acktask.operator.task.TaskNews;
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
  private final CredentialSource credentials;
  private final SignedRequests requests;
  private final AnswerReader answers;

  public AlibabaTaskClient(
      CloudTransport transport,
      Endpoint endpoint,
      CredentialSource credentials,
      InstantSource clock) {
    this(transport, endpoint, credentials, clock, new Nonces());
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

  @Override
  public TaskLookup describe(TaskRef task) {
    return switch (ask(task, null)) {
      case TaskLookup lookup -> lookup;
      case TaskNews.None none -> throw new IllegalStateException("there was nothing to compare");
    };
  }

  @Override
  public TaskNews describe(TaskRef task, Fingerprint known) {
    return ask(task, known);
  }

  private TaskNews ask(TaskRef task, @Nullable Fingerprint known) {
    Deadline deadline = transport.startCall();
    return switch (credentials.current()) {
      case CredentialLookup.Missing missing ->
          new Rejected(Refusal.CREDENTIALS_MISSING, missing.message(), null);
      case CredentialLookup.Invalid invalid ->
          new Rejected(Refusal.CREDENTIALS_INVALID, invalid.message(), null);
      case CredentialLookup.Ready ready -> ask(task, known, ready.credential(), deadline);
    };
  }

  private TaskNews ask(
      TaskRef task, @Nullable Fingerprint known, Credential credential, Deadline deadline) {
    Outcome first = exchange(task, known, credential, deadline);
    TaskNews news =
        first.isWorthASecondTry ? exchange(task, known, credential, deadline).news : first.news;
    if (news instanceof Rejected rejected && rejected.cause() == Refusal.UNAUTHORIZED) {
      credentials.refused(credential);
    }
    return news;
  }

  private record Outcome(TaskNews news, boolean isWorthASecondTry) {}

  private Outcome exchange(
      TaskRef task, @Nullable Fingerprint known, Credential credential, Deadline deadline) {
    return transport.send(
        requests.describe(task, credential),
        endpoint.addresses(),
        deadline,
        exchange -> {
          TaskNews news = news(exchange, task, known);
          return new Outcome(news, isWorthASecondTry(exchange, news));
        });
  }

  private TaskNews news(Exchange exchange, TaskRef task, @Nullable Fingerprint known) {
    return switch (exchange) {
      case Exchange.Answered answered ->
          known != null && AnswerReader.isAgain(answered.answer(), known)
              ? new TaskNews.None()
              : answers.read(answered.answer(), task);
      case Exchange.Lost lost -> new Unavailable(lost.cause().failure(), lost.message(), null);
    };
  }

  /**
   * A connection that the server had closed while it was idle, and a nonce or time that was
   * refused, say nothing about the task and heal with a new request; whatever else went wrong is
   * left to the next poll.
   */
  private static boolean isWorthASecondTry(Exchange exchange, TaskNews news) {
    return (exchange instanceof Exchange.Lost lost && lost.isStale())
        || (news instanceof Rejected rejected && rejected.cause() == Refusal.CLOCK_SKEW);
  }
}
