package dev.acktask.operator.alibaba.credentials;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

/** The outcomes of a lookup of credentials. */
final class CredentialAssertions {
  private CredentialAssertions() {}

  /** The credential of {@code lookup}, which must be ready. */
  static Credential assertReady(CredentialLookup lookup) {
    return assertInstanceOf(CredentialLookup.Ready.class, lookup, lookup::toString).credential();
  }

  /** The message of {@code lookup}, which must be missing. */
  static String assertMissing(CredentialLookup lookup) {
    return assertInstanceOf(CredentialLookup.Missing.class, lookup, lookup::toString).message();
  }

  /** The message of {@code lookup}, which must be an outage. */
  static String assertUnavailable(CredentialLookup lookup) {
    return assertInstanceOf(CredentialLookup.Unavailable.class, lookup, lookup::toString).message();
  }

  /** The message of {@code lookup}, which must be a role that cannot be assumed. */
  static String assertNotIssued(CredentialLookup lookup) {
    return assertInstanceOf(CredentialLookup.NotIssued.class, lookup, lookup::toString).message();
  }

  /** The message of {@code lookup}, which must be a key that STS refuses. */
  static String assertRefused(CredentialLookup lookup) {
    return assertInstanceOf(CredentialLookup.Refused.class, lookup, lookup::toString).message();
  }

  /** The message of {@code lookup}, which must be invalid. */
  static String assertInvalid(CredentialLookup lookup) {
    return assertInstanceOf(CredentialLookup.Invalid.class, lookup, lookup::toString).message();
  }
}
