package dev.acktask.simulator.signature;

import java.util.Optional;

/**
 * Outcome of a signature check.
 *
 * @param caller owner of the key that the request names, also of a refused request; empty for an
 *     unknown key
 */
public record Verification(SignatureResult result, Optional<Caller> caller) {
  /** Of a request that was answered before any check. */
  public static final Verification NONE =
      new Verification(SignatureResult.NOT_CHECKED, Optional.empty());
}
