package dev.acktask.simulator;

import dev.acktask.simulator.account.RamArn;
import dev.acktask.simulator.http.Handler;
import dev.acktask.simulator.http.MalformedRequestException;
import dev.acktask.simulator.http.Request;
import dev.acktask.simulator.http.Transmission;
import dev.acktask.simulator.operation.Operation;
import dev.acktask.simulator.requestlog.RequestLog;
import dev.acktask.simulator.requestlog.RequestRecord;
import dev.acktask.simulator.response.Response;
import dev.acktask.simulator.signature.Caller;
import dev.acktask.simulator.signature.SignatureResult;
import dev.acktask.simulator.signature.Verification;
import dev.acktask.simulator.sts.Sts;
import dev.acktask.simulator.sts.StsAnswer;
import java.io.IOException;
import java.util.Map;
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
  private final Sts sts;
  private final RequestLog requestLog;
  private final UnaryOperator<Response> latency;
  private volatile Optional<Response> outage = Optional.empty();

  CloudApi(
      SimulatorBuilder settings,
      Accounts accounts,
      Authentication authentication,
      Sts sts,
      RequestLog requestLog) {
    this.settings = settings;
    this.accounts = accounts;
    this.authentication = authentication;
    this.sts = sts;
    this.requestLog = requestLog;
    this.latency = settings.latency();
  }

  /**
   * A response with the facts for its {@link RequestRecord}.
   *
   * @param secret the body is not recorded
   */
  private record Answer(
      TaskRegistry.Read read,
      SignatureResult signature,
      Optional<String> accountId,
      boolean secret) {
    private static Answer of(TaskRegistry.Read read, Verification verification) {
      return new Answer(
          read,
          verification.result(),
          verification.caller().map(Caller::accountId),
          /* secret= */ false);
    }

    private static Answer of(Response response, Verification verification) {
      return of(TaskRegistry.Read.without(response), verification);
    }

    private static Answer of(StsAnswer answer, SignatureResult signature, Optional<String> id) {
      return new Answer(
          TaskRegistry.Read.without(answer.response()), signature, id, answer.secret());
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
    Transmission transmission = answer.secret() ? Transmission.ofSecret() : new Transmission();
    RequestRecord served =
        RequestRecord.builder(request)
            .time(settings.clock.instant())
            .accountId(answer.accountId())
            .region(region)
            .operation(route.map(Route::operation))
            .taskId(route.flatMap(Route::taskId))
            .clusterId(route.flatMap(Route::clusterId))
            .call(answer.read().call())
            .signature(answer.signature())
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
      return Answer.of(TaskRegistry.Read.outage(down.get(), "outage"), Verification.NONE);
    }
    if (route.isEmpty()) {
      return Answer.of(Refusals.unknownOperation(), Verification.NONE);
    }
    return switch (route.get()) {
      case Route.AssumeRoleWithOidc unsigned -> unsigned(unsigned.operation(), request);
      case Route.Signed signed -> signed(signed, region, request);
    };
  }

  private Answer unsigned(Operation operation, Request request) {
    Map<String, String> parameters = request.parameters();
    if (!parameters.getOrDefault("Version", "").equals(operation.version())) {
      return Answer.of(
          Refusals.of(SignatureResult.WRONG_VERSION.refusal().orElseThrow(), operation),
          Verification.NONE);
    }
    Optional.ofNullable(parameters.get("OIDCToken")).ifPresent(settings.observer::presented);
    Optional<String> account =
        RamArn.parseRole(parameters.getOrDefault("RoleArn", ""))
            .map(RamArn::accountId)
            .filter(id -> accounts.withId(id).isPresent());
    return Answer.of(sts.assumeRoleWithOidc(parameters), SignatureResult.NOT_CHECKED, account);
  }

  private Answer signed(Route.Signed route, String region, Request request) {
    Operation operation = route.operation();
    Verification verification = authentication.verify(request, operation);
    Optional<SignatureResult.Refusal> refusal = verification.result().refusal();
    if (refusal.isPresent()) {
      return Answer.of(Refusals.of(refusal.get(), operation), verification);
    }
    Caller caller = verification.caller().orElseThrow();
    SimulatedAccount account = accounts.withId(caller.accountId()).orElseThrow();
    Optional<Response> down = account.outage(operation);
    if (down.isPresent()) {
      return Answer.of(TaskRegistry.Read.outage(down.get(), "account outage"), verification);
    }
    if (!caller.may(operation)) {
      return Answer.of(Refusals.forbidden(caller, operation), verification);
    }
    return switch (route) {
      case Route.AssumeRole role ->
          Answer.of(
              sts.assumeRole(request.parameters(), caller),
              verification.result(),
              Optional.of(account.id()));
      case Route.OfContainerService known ->
          Answer.of(
              new ContainerService(account, region, request.query()).answer(known), verification);
    };
  }
}
