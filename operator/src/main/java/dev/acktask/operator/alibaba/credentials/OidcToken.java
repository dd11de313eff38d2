package dev.acktask.operator.alibaba.credentials;

import java.util.Optional;

/** The OIDC token of a ServiceAccount, with which STS lets it assume a role. */
interface OidcToken {
  /** The audience that STS requires. */
  String AUDIENCE = "sts.aliyuncs.com";

  /** STS accepts up to 20,000 characters. */
  int MAX_LENGTH = 20_000;

  /** A token that is valid now, read or requested for one request. May block; never throws. */
  Lookup read();

  /** How messages name the ServiceAccount. */
  String serviceAccount();

  /** The result of one read. */
  sealed interface Lookup {
    /** The token. */
    record Present(String token) implements Lookup {
      @Override
      public String toString() {
        return "Present[***]";
      }
    }

    /**
     * There is none.
     *
     * @param response without a session, why
     */
    record Absent(StsResponse response) implements Lookup {}
  }

  /** The token in {@code text}; empty if there is none, or more than one. */
  static Optional<Lookup> parse(String text) {
    String token = text.strip();
    return token.isEmpty() || token.length() > MAX_LENGTH
        ? Optional.empty()
        : Optional.of(new Lookup.Present(token));
  }
}
