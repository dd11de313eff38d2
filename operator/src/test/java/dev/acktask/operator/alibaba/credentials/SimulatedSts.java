package dev.acktask.operator.alibaba.credentials;

import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Scripted responses of STS, the clocks of a provider, and the fetches in its background. */
final class SimulatedSts {
  static final Duration HOUR = Duration.ofHours(1);

  /** The account of the sessions. */
  static final String ACCOUNT = "1000000000000001";

  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  private final Deque<Runnable> queue = new ArrayDeque<>();
  private Instant now = START;
  private Duration correction = Duration.ZERO;
  private Supplier<StsResponse> response;
  private int fetches;

  /** Responds with the session {@code first}, which is valid for an hour. */
  SimulatedSts() {
    issue("first", HOUR);
  }

  /** A provider that fetches at once, on the thread of the caller. */
  RefreshingCredentialProvider provider() {
    return provider(Runnable::run);
  }

  /** A provider whose fetches wait in the queue until the test runs them. */
  RefreshingCredentialProvider queuedProvider() {
    return provider(queue::add);
  }

  private RefreshingCredentialProvider provider(Executor background) {
    return new RefreshingCredentialProvider(
        new RefreshingCredentialProvider.SessionSource(
            () -> {
              fetches++;
              return response.get();
            },
            "the role r",
            "AckConnection shop/eu"),
        new Timing(
            () -> now.plus(correction),
            () -> Duration.between(START, now).toNanos(),
            background,
            new Random(1)),
        Duration.ofMillis(1));
  }

  /** Responds with a session whose validity starts now. */
  void issue(String id, Duration validity) {
    StsResponse session =
        new StsResponse.Issued(
            (CredentialLookup.Ready) Credential.parse(id, "secret", "token"),
            now.plus(validity),
            Optional.of(ACCOUNT));
    response = () -> session;
  }

  void fail() {
    respond(new StsResponse.Unavailable(Failure.API_UNAVAILABLE, "STS is down."));
  }

  void respond(StsResponse other) {
    response = () -> other;
  }

  void fail(RuntimeException unexpected) {
    response =
        () -> {
          throw unexpected;
        };
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  /** Sets the wall clock; the monotonic clock goes on. */
  void setClock(Duration difference) {
    correction = difference;
  }

  int fetches() {
    return fetches;
  }

  int queued() {
    return queue.size();
  }

  void runQueued() {
    takeQueued().run();
  }

  /** Takes the next fetch out of the queue without running it. */
  Runnable takeQueued() {
    return queue.remove();
  }
}
