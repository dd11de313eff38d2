package dev.acktask.simulator;

import dev.acktask.simulator.operation.Operation;
import dev.acktask.simulator.response.Response;
import dev.acktask.simulator.signature.Caller;
import dev.acktask.simulator.signature.SignatureResult;

/** The errors of requests that do not reach their operation. */
final class Refusals {
  private Refusals() {}

  static Response unknownOperation() {
    return Response.error(404, "InvalidAction.NotFound", "Specified api is not found.");
  }

  static Response of(SignatureResult.Refusal refusal) {
    return Response.error(refusal.status(), refusal.code(), refusal.message());
  }

  /** The message names the RAM action; that of a session begins differently. */
  static Response forbidden(Caller caller, Operation operation) {
    String policy = caller.roleArn().isPresent() ? "STSToken policy" : "RAM policy";
    return Response.error(
        403, "StatusForbidden", policy + " Forbidden for action " + operation.ramAction());
  }
}
