package dev.acktask.simulator;

import dev.acktask.simulator.http.Request;
import dev.acktask.simulator.operation.Operation;
import dev.acktask.simulator.signature.Caller;
import dev.acktask.simulator.signature.KeySource;
import dev.acktask.simulator.signature.SignatureCheck;
import dev.acktask.simulator.signature.SignatureResult;
import dev.acktask.simulator.signature.SigningKey;
import dev.acktask.simulator.signature.Verification;
import java.util.Optional;

/** The identity of a request: verified, or believed when the check is switched off. */
final class Authentication {
  private static final Caller DEFAULT_CALLER =
      new Caller(Simulator.DEFAULT_ACCOUNT, Optional.empty(), Operation.permissible());

  private final KeySource keys;
  private final Optional<SignatureCheck> check;

  Authentication(KeySource keys, Optional<SignatureCheck> check) {
    this.keys = keys;
    this.check = check;
  }

  /** The caller is present when the result is not a refusal. */
  Verification verify(Request request, Operation operation) {
    return check.map(on -> on.verify(request, operation)).orElseGet(() -> believed(request));
  }

  /** The owner of the key that the request names; without a known one the default account. */
  private Verification believed(Request request) {
    Caller caller =
        SignatureCheck.claimedKey(request)
            .flatMap(keys::find)
            .map(SigningKey::caller)
            .orElse(DEFAULT_CALLER);
    return new Verification(SignatureResult.NOT_CHECKED, Optional.of(caller));
  }
}
