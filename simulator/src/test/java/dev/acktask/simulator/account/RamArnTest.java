package dev.acktask.simulator.account;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of roles and OIDC providers. */
class RamArnTest {
  @Test
  void shouldParseWhatItPrints() {
    RamArn role = RamArn.role("1000000000000001", "reader");
    RamArn provider = RamArn.oidcProvider("1000000000000001", "ack-rrsa-c1");
    assertEquals(Optional.of(role), RamArn.parseRole("acs:ram::1000000000000001:role/reader"));
    assertEquals(Optional.of(role), RamArn.parseRole(role.toString()));
    assertEquals(Optional.of(provider), RamArn.parseOidcProvider(provider.toString()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "reader",
        "acs:ram::1000000000000001:user/reader",
        "acs:ram::1000000000000001:oidc-provider/reader",
        "acs:ram::1000000000000001:role/",
        "acs:ram::1000000000000001:role/a/b",
        "acs:ram::x:role/reader"
      })
  void shouldNotParseWhatIsNoRole(String text) {
    assertEquals(Optional.empty(), RamArn.parseRole(text));
  }
}
