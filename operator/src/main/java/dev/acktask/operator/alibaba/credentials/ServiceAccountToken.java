package dev.acktask.operator.alibaba.credentials;

import dev.acktask.operator.identity.TokenSource;
import dev.acktask.operator.identity.TokenSource.TokenLookup;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;

/** A token of any ServiceAccount, requested from the API server for each session. */
record ServiceAccountToken(TokenSource tokens, String namespace, String name) implements OidcToken {
  @Override
  public Lookup read() {
    return switch (tokens.request(namespace, name, AUDIENCE)) {
      case TokenLookup.Issued issued ->
          OidcToken.parse(issued.token())
              .orElseGet(
                  () ->
                      new Lookup.Absent(
                          unavailable(
                              "The token that the API server issued to "
                                  + serviceAccount()
                                  + " is empty or too long for STS.")));
      case TokenLookup.NotFound none ->
          absent(
              "There is no ServiceAccount %s in namespace %s. Create it, or correct"
                  + " serviceAccountName in the connection.");
      case TokenLookup.Forbidden no ->
          absent(
              "The operator may not request a token of ServiceAccount %1$s in namespace %2$s. Give"
                  + " the operator's ServiceAccount the right to create serviceaccounts/token with"
                  + " the resourceNames [%1$s], by a Role and a RoleBinding in namespace %2$s.");
      case TokenLookup.Unavailable none ->
          new Lookup.Absent(
              unavailable(
                  "The Kubernetes API server gave no answer to the request for a token of "
                      + serviceAccount()
                      + ". The request is repeated with growing pauses."));
    };
  }

  private Lookup absent(String reason) {
    return new Lookup.Absent(new StsResponse.NoToken(reason.formatted(name, namespace)));
  }

  private static StsResponse unavailable(String reason) {
    return new StsResponse.Unavailable(Failure.API_UNAVAILABLE, reason);
  }

  @Override
  public String serviceAccount() {
    return "ServiceAccount " + namespace + "/" + name;
  }
}
