package dev.acktask.operator.alibaba.credentials;

import dev.acktask.operator.identity.TokenSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Issues tokens of any ServiceAccount, as an API server does. The signature is invalid. */
final class FakeTokens implements TokenSource {
  static final String ISSUER = "https://oidc.example/c1";

  private final InstantSource clock;
  private final List<String> issued = new ArrayList<>();
  private Optional<TokenLookup> every = Optional.empty();

  FakeTokens(InstantSource clock) {
    this.clock = clock;
  }

  /** Answers each request with {@code lookup}, until {@link #recover}. */
  void answer(TokenLookup lookup) {
    every = Optional.of(lookup);
  }

  void recover() {
    every = Optional.empty();
  }

  @Override
  public TokenLookup request(String namespace, String serviceAccount, String audience) {
    return every.orElseGet(() -> issue(namespace, serviceAccount, audience));
  }

  private TokenLookup issue(String namespace, String serviceAccount, String audience) {
    String claims =
        "{\"iss\":\"%s\",\"sub\":\"system:serviceaccount:%s:%s\",\"aud\":[\"%s\"],\"exp\":%d}"
            .formatted(
                ISSUER,
                namespace,
                serviceAccount,
                audience,
                clock.instant().plus(Duration.ofMinutes(10)).getEpochSecond());
    String token = base64("{\"alg\":\"RS256\",\"kid\":\"k\"}") + "." + base64(claims) + ".c2ln";
    issued.add(token);
    return new TokenLookup.Issued(token);
  }

  List<String> issued() {
    return issued;
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
