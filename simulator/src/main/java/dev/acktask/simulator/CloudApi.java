package dev.acktask.simulator;

import dev.acktask.simulator.http.Handler;
import dev.acktask.simulator.http.MalformedRequestException;
import dev.acktask.simulator.http.Request;
import dev.acktask.simulator.http.Transmission;
import dev.acktask.simulator.requestlog.RequestLog;
import dev.acktask.simulator.requestlog.RequestRecord;
import dev.acktask.simulator.response.Response;
import dev.acktask.simulator.signature.Caller;
import dev.acktask.simulator.signature.Verification;
import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Answers requests. Order of checks: outage, operation, signature, outage of the account,
 * permission, task.
 */
final class CloudApi implements Handler {
  private final SimulatorBuilder settings;
  private final Accounts accounts;
  private final Authentication authentication;
  private final RequestLog requestLog;
  private final UnaryOperator<Response> latency;
  private volatile Optional<Response> outage = Optional.empty();

  CloudApi(
      SimulatorBuilder settings,
      Accounts accounts,
      Authentication authentication,
      RequestLog requestLog) {
    this.settings = settings;
    this.accounts = accounts;
    this.authentication = authentication;
    this.requestLog = requestLog;
    this.latency = settings.latency();
  }

  /** A response with the facts for its {@link RequestRecord}. */
  private record Answer(TaskRegistry.Read read, Verification verification) {
    private static Answer of(Response response, Verification verification) {
      return new Answer(new TaskRegistry.Read(0, response, Optional.empty()), verification);
    }
  }

  void outage(Optional<Response> response) {
    outage = response;
  }

  @Override
  public void handle(Request request, Responder responder) throws IOException {
    Optional<Route> route = Route.of(request);
    String region = RequestRegion.of(request).orElse(settings.defaultRegion);
    Answer answer = answer(route, region, request);
    Response response = latency.apply(answer.read().response());
    Transmission transmission = new Transmission();
    RequestRecord served =
        RequestRecord.builder(request)
            .time(settings.clock.instant())
            .accountId(answer.verification().caller().map(Caller::accountId))
            .region(region)
            .taskId(route.flatMap(Route::taskId))
            .call(answer.read().call())
            .signature(answer.verification().result())
            .fault(answer.read().fault())
            .status(response.status())
            .transmission(transmission)
            .build();
    requestLog.add(served);
    try {
      responder.send(response, transmission);
    } finally {
      settings.observer.served(served);
    }
  }

  @Override
  public Response refuse(MalformedRequestException cause) {
    return outage.orElseGet(
        () -> Response.error(400, "BadRequest", String.valueOf(cause.getMessage())).closing());
  }

  private Answer answer(Optional<Route> route, String region, Request request) {
    Optional<Response> down = outage;
    if (down.isPresent()) {
      return new Answer(
          new TaskRegistry.Read(0, down.get(), Optional.of("outage")), Verification.NONE);
    }
    return route
        .map(known -> signed(known, region, request))
        .orElseGet(() -> Answer.of(Refusals.unknownOperation(), Verification.NONE));
  }

  private Answer signed(Route route, String region, Request request) {
    Verification verification = authentication.verify(request, route.operation());
    if (verification.result().refusal().isPresent()) {
      return Answer.of(Refusals.of(verification.result().refusal().get()), verification);
    }
    Caller caller = verification.caller().orElseThrow();
    SimulatedAccount account = accounts.withId(caller.accountId()).orElseThrow();
    Optional<Response> down = account.outage();
    if (down.isPresent()) {
      return new Answer(
          new TaskRegistry.Read(0, down.get(), Optional.of("account outage")), verification);
    }
    if (!caller.may(route.operation())) {
      return Answer.of(Refusals.forbidden(caller, route.operation()), verification);
    }
    return new Answer(
        new ContainerService(account, region, request.query()).answer(route), verification);
  }
}
