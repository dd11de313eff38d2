package dev.acktask.operator.alibaba.credentials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.alibaba.AddressPolicy;
import dev.acktask.operator.alibaba.Endpoint;
import dev.acktask.operator.alibaba.Selections;
import dev.acktask.operator.identity.TokenSource.TokenLookup;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator's own RRSA against a simulated STS. */
final class RehearsedRrsaTest {
  @TempDir private Path home;

  @Test
  void shouldCallTheGivenStsInPlaceOfThatOfTheEnvironment() throws Exception {
    // given
    FakeTokens tokens = new FakeTokens(InstantSource.system());
    TokenLookup.Issued issued =
        assertInstanceOf(
            TokenLookup.Issued.class, tokens.request("shop", "team", OidcToken.AUDIENCE));
    Path file = Files.writeString(home.resolve("token"), issued.token());

    // when
    CredentialLookup lookup;
    long sessions;
    try (SimulatedAccounts cloud = new SimulatedAccounts(InstantSource.system())) {
      lookup = Selections.lookup(select(file, cloud.simulator.endpoint()));
      sessions = cloud.sessions();
    }

    // then
    assertTrue(CredentialAssertions.assertReady(lookup).accessKeyId().startsWith("STS."));
    assertEquals(1, sessions);
  }

  private CredentialSelection.Selected select(Path token, URI sts) {
    return assertInstanceOf(
        CredentialSelection.Selected.class,
        CredentialProvider.fromEnvironment(
            Map.of(
                "ALIBABA_CLOUD_ROLE_ARN", SimulatedAccounts.TEAM.toString(),
                "ALIBABA_CLOUD_OIDC_PROVIDER_ARN", SimulatedAccounts.PROVIDER.toString(),
                "ALIBABA_CLOUD_OIDC_TOKEN_FILE", token.toString()),
            home,
            new Endpoint(sts, AddressPolicy.ANY)));
  }
}
