package dev.acktask.operator.alibaba.credentials;

import static dev.acktask.operator.alibaba.credentials.SimulatedAccounts.secretOfShop;
import static dev.acktask.operator.alibaba.credentials.SimulatedAccounts.state;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.alibaba.LookupAssertions;
import dev.acktask.operator.task.TaskLookup.Rejected;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import dev.acktask.simulator.account.AccessKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Polls with the access key in a Secret, against a cloud that verifies signatures. */
final class SecretConnectionTest {
  private static final Duration INTERVAL = Duration.ofSeconds(15);

  @AutoClose private final SimulatedAccounts cloud = new SimulatedAccounts();
  private final CredentialProvider credentials = cloud.provider(secretOfShop(), null);

  @Test
  void shouldPollWithTheKeyOfTheSecret() {
    assertEquals("running", state(cloud.poll(credentials)));
    assertEquals(Optional.empty(), credentials.account());
  }

  @Test
  @Tag("F95")
  void shouldLoseNoPollWhenTheKeyIsRotatedAndTheOldOneRemoved() {
    // given
    assertEquals("running", state(cloud.poll(credentials)));

    // when
    cloud.simulator.account(SimulatedAccounts.SHOP).putKey(AccessKey.of("newKey", "CANARY-new"));
    cloud.secrets.put("shop", "alibaba", "newKey", "CANARY-new");
    cloud.simulator.account(SimulatedAccounts.SHOP).removeKey("shopKey");
    cloud.time.pass(INTERVAL);

    // then
    assertEquals("running", state(cloud.poll(credentials)));
    assertEquals(3, cloud.served().size());
    cloud.time.pass(INTERVAL);
    assertEquals("running", state(cloud.poll(credentials)));
    assertEquals(4, cloud.served().size());
  }

  @Test
  @Tag("F95")
  void shouldLoseNoPollWhenTheOldKeyIsDisabledDuringAPoll() {
    // given
    cloud.poll(credentials);
    cloud.time.pass(INTERVAL);

    // when
    cloud.simulator.account(SimulatedAccounts.SHOP).putKey(AccessKey.of("newKey", "CANARY-new"));
    cloud.simulator.account(SimulatedAccounts.SHOP).disableKey("shopKey");
    cloud.secrets.put("shop", "alibaba", "newKey", "CANARY-new");

    // then
    assertEquals("running", state(cloud.poll(credentials)));
  }

  @Test
  @Tag("F94")
  void shouldRecoverWithinOneIntervalWhenTheSecretIsCorrected() {
    // given
    cloud.secrets.put("shop", "alibaba", "", "CANARY-shop");
    Rejected rejected = assertInstanceOf(Rejected.class, cloud.poll(credentials));

    // then
    assertEquals(Refusal.CREDENTIALS_MISSING, rejected.cause());
    assertTrue(
        rejected.message().contains("accessKeyId of the Secret named alibaba in namespace shop"));

    // when
    cloud.secrets.put("shop", "alibaba", "shopKey", "CANARY-shop");
    cloud.time.pass(INTERVAL);

    // then
    assertEquals("running", state(cloud.poll(credentials)));
  }

  @Test
  @Tag("F96")
  void shouldMakeNoCallOnceTheSecretIsDeleted() {
    // given
    cloud.poll(credentials);

    // when
    cloud.secrets.delete("shop", "alibaba");
    cloud.time.pass(INTERVAL.multipliedBy(2));

    // then
    LookupAssertions.rejected(Refusal.CREDENTIALS_MISSING, cloud.poll(credentials));
    assertEquals(1, cloud.served().size());
  }

  @Test
  @Tag("F98")
  void shouldReadNoSecretOfAnotherNamespace() {
    cloud.poll(credentials);

    assertEquals(List.of("shop/alibaba"), cloud.secrets.reads());
  }
}
