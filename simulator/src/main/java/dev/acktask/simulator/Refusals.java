package dev.acktask.simulator;

import dev.acktask.simulator.operation.Operation;
import dev.acktask.simulator.response.Response;
import dev.acktask.simulator.signature.Caller;
import dev.acktask.simulator.signature.SignatureResult;
import java.time.Duration;

/** The errors of requests that do not reach their operation. */
final class Refusals {
  private Refusals() {}

  static Response unknownOperation() {
    return Response.error(404, "InvalidAction.NotFound", "Specified api is not found.");
  }

  static Response of(SignatureResult.Refusal refusal, Operation operation) {
    return error(operation, refusal.status(), refusal.code(), refusal.message());
  }

  static Response throttled(Operation operation, Duration retryAfter) {
    return error(operation, 429, "Throttling.User", "Request was denied due to user flow control.")
        .header("x-acs-retry-after", String.valueOf(retryAfter.toMillis()));
  }

  /** Container Service names the RAM action, and whether the caller is a session. */
  static Response forbidden(Caller caller, Operation operation) {
    if (operation.isOfSts()) {
      return Response.stsError(
          403,
          "NoPermission",
          "You are not authorized to do this action. You should be authorized by RAM.");
    }
    String policy = caller.roleArn().isPresent() ? "STSToken policy" : "RAM policy";
    return Response.error(
        403, "StatusForbidden", policy + " Forbidden for action " + operation.ramAction());
  }

  private static Response error(Operation operation, int status, String code, String message) {
    return operation.isOfSts()
        ? Response.stsError(status, code, message)
        : Response.error(status, code, message);
  }
}
