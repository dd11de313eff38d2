package dev.acktask.operator.alibaba;

import java.time.Instant;

/** What came of asking STS for a session. */
sealed interface StsAnswer {
  /** A session credential. */
  record Issued(Credential credential, Instant expiration) implements StsAnswer {}

  /** None; {@code reason} is what to say when there is no older one either. */
  record NotIssued(CredentialLookup reason) implements StsAnswer {}
}
