package dev.acktask.operator.identity;

/** Requests tokens of ServiceAccounts (TokenRequest). */
@FunctionalInterface
public interface TokenSource {
  /** The result of one request. Its text form holds no part of a token. */
  sealed interface TokenLookup {
    /** A token that is valid now. */
    record Issued(String token) implements TokenLookup {
      @Override
      public String toString() {
        return "Issued[***]";
      }
    }

    /** There is no such ServiceAccount. */
    record NotFound() implements TokenLookup {}

    /** The operator may not request a token of it. */
    record Forbidden() implements TokenLookup {}

    /** The API server gave no answer. */
    record Unavailable() implements TokenLookup {}
  }

  /**
   * Requests a token of the ServiceAccount; blocks for at most the timeout of a request. Never
   * throws.
   *
   * @param audience the only one of the token
   */
  TokenLookup request(String namespace, String serviceAccount, String audience);
}
