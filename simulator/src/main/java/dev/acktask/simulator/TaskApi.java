package dev.acktask.simulator;

import dev.acktask.simulator.http.Handler;
import dev.acktask.simulator.http.MalformedRequestException;
import dev.acktask.simulator.http.Request;
import dev.acktask.simulator.http.Transmission;
import dev.acktask.simulator.requestlog.RequestLog;
import dev.acktask.simulator.requestlog.RequestRecord;
import dev.acktask.simulator.response.Response;
import dev.acktask.simulator.signature.SignatureCheck;
import dev.acktask.simulator.signature.SignatureResult;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Answers requests. Order of checks: outage, signature, task. */
final class TaskApi implements Handler {
  private final Optional<SignatureCheck> check;
  private final TaskRegistry registry;
  private final RequestLog requestLog;
  private final InstantSource clock;
  private final UnaryOperator<Response> latency;
  private final SimulatorObserver observer;
  private volatile Optional<Response> outage = Optional.empty();

  TaskApi(
      Optional<SignatureCheck> check,
      TaskRegistry registry,
      RequestLog requestLog,
      InstantSource clock,
      UnaryOperator<Response> latency,
      SimulatorObserver observer) {
    this.check = check;
    this.registry = registry;
    this.requestLog = requestLog;
    this.clock = clock;
    this.latency = latency;
    this.observer = observer;
  }

  /** A response with the facts for its {@link RequestRecord}. */
  private record Answer(
      Response response, SignatureResult signature, int call, Optional<String> fault) {
    private Answer(Response response, SignatureResult signature) {
      this(response, signature, 0, Optional.empty());
    }
  }

  void outage(Optional<Response> response) {
    outage = response;
  }

  @Override
  public void handle(Request request, Responder responder) throws IOException {
    Route route = Route.of(request);
    Answer answer = answer(route, request);
    Response response = latency.apply(answer.response());
    Transmission transmission = new Transmission();
    RequestRecord served =
        RequestRecord.builder(request)
            .time(clock.instant())
            .taskId(route.taskIdIfAny())
            .call(answer.call())
            .signature(answer.signature())
            .fault(answer.fault())
            .status(response.status())
            .transmission(transmission)
            .build();
    requestLog.add(served);
    try {
      responder.send(response, transmission);
    } finally {
      observer.served(served);
    }
  }

  @Override
  public Response refuse(MalformedRequestException cause) {
    return outage.orElseGet(
        () -> Response.error(400, "BadRequest", String.valueOf(cause.getMessage())).closing());
  }

  private Answer answer(Route route, Request request) {
    Optional<Response> down = outage;
    if (down.isPresent()) {
      return new Answer(down.get(), SignatureResult.NOT_CHECKED, 0, Optional.of("outage"));
    }
    if (route instanceof Route.Unknown) {
      return new Answer(notAnApi(), SignatureResult.NOT_CHECKED);
    }
    SignatureResult signature =
        check.map(on -> on.verify(request, route.action())).orElse(SignatureResult.NOT_CHECKED);
    if (signature.refusal().isPresent()) {
      SignatureResult.Refusal refusal = signature.refusal().get();
      return new Answer(
          Response.error(refusal.status(), refusal.code(), refusal.message()), signature);
    }
    return switch (route) {
      case Route.Task task -> {
        TaskRegistry.Read read = registry.read(task.taskId());
        yield new Answer(read.response(), signature, read.call(), read.fault());
      }
      case Route.ClusterTasks tasks -> new Answer(list(tasks.clusterId(), request), signature);
      case Route.Unknown unknown -> new Answer(notAnApi(), signature);
    };
  }

  private Response list(String clusterId, Request request) {
    try {
      return TaskPage.of(request.query()).of(registry.ofCluster(clusterId));
    } catch (IllegalArgumentException | ArithmeticException e) {
      return Response.error(400, "InvalidParameter", String.valueOf(e.getMessage()));
    }
  }

  private static Response notAnApi() {
    return Response.error(404, "InvalidAction.NotFound", "Specified api is not found.");
  }
}
