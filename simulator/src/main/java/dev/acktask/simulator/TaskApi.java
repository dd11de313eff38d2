package dev.acktask.simulator;

import dev.acktask.simulator.http.Handler;
import dev.acktask.simulator.http.MalformedRequestException;
import dev.acktask.simulator.http.Request;
import dev.acktask.simulator.http.Transmission;
import dev.acktask.simulator.journal.Journal;
import dev.acktask.simulator.journal.Served;
import dev.acktask.simulator.reply.Reply;
import dev.acktask.simulator.signature.SignatureCheck;
import dev.acktask.simulator.signature.Verdict;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** From a request to its answer: outage, signature, then the task. */
final class TaskApi implements Handler {
  private final Optional<SignatureCheck> check;
  private final TaskBook book;
  private final Journal journal;
  private final InstantSource clock;
  private final UnaryOperator<Reply> latency;
  private final SimulatorObserver observer;
  private volatile Optional<Reply> outage = Optional.empty();

  TaskApi(
      Optional<SignatureCheck> check,
      TaskBook book,
      Journal journal,
      InstantSource clock,
      UnaryOperator<Reply> latency,
      SimulatorObserver observer) {
    this.check = check;
    this.book = book;
    this.journal = journal;
    this.clock = clock;
    this.latency = latency;
    this.observer = observer;
  }

  /** What to send, and how it came to that. */
  private record Answer(Reply reply, Verdict verdict, int call, Optional<String> fault) {
    private Answer(Reply reply, Verdict verdict) {
      this(reply, verdict, 0, Optional.empty());
    }
  }

  void outage(Optional<Reply> reply) {
    outage = reply;
  }

  @Override
  public void handle(Request request, Responder responder) throws IOException {
    Route route = Route.of(request);
    Answer answer = answer(route, request);
    Reply reply = latency.apply(answer.reply());
    Transmission transmission = new Transmission();
    Served served =
        new Served(
            clock.instant(),
            route.taskIdIfAny(),
            answer.call(),
            request.line(),
            Served.shown(request),
            answer.verdict(),
            answer.fault(),
            reply.status(),
            transmission);
    journal.add(served);
    try {
      responder.send(reply, transmission);
    } finally {
      observer.served(served);
    }
  }

  @Override
  public Reply refuse(MalformedRequestException cause) {
    return outage.orElseGet(
        () -> Reply.error(400, "BadRequest", String.valueOf(cause.getMessage())).closing());
  }

  private Answer answer(Route route, Request request) {
    Optional<Reply> down = outage;
    if (down.isPresent()) {
      return new Answer(down.get(), Verdict.NOT_CHECKED, 0, Optional.of("outage"));
    }
    if (route instanceof Route.Unknown) {
      return new Answer(notAnApi(), Verdict.NOT_CHECKED);
    }
    Verdict verdict =
        check.map(on -> on.verify(request, route.action())).orElse(Verdict.NOT_CHECKED);
    if (verdict.refusal().isPresent()) {
      Verdict.Refusal refusal = verdict.refusal().get();
      return new Answer(Reply.error(refusal.status(), refusal.code(), refusal.message()), verdict);
    }
    return switch (route) {
      case Route.Task task -> {
        TaskBook.Read read = book.read(task.taskId());
        yield new Answer(read.reply(), verdict, read.call(), read.fault());
      }
      case Route.ClusterTasks tasks -> new Answer(list(tasks.clusterId(), request), verdict);
      case Route.Unknown unknown -> new Answer(notAnApi(), verdict);
    };
  }

  private Reply list(String clusterId, Request request) {
    try {
      return TaskPage.of(request.query()).of(book.ofCluster(clusterId));
    } catch (IllegalArgumentException | ArithmeticException e) {
      return Reply.error(400, "InvalidParameter", String.valueOf(e.getMessage()));
    }
  }

  private static Reply notAnApi() {
    return Reply.error(404, "InvalidAction.NotFound", "Specified api is not found.");
  }
}
