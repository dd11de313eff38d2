package dev.acktask.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.acktask.simulator.account.AccessKey;
import dev.acktask.simulator.account.Account;
import dev.acktask.simulator.account.AccountsConfig;
import dev.acktask.simulator.account.Region;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Accounts that are replaced while the simulator runs. */
@Timeout(30)
class ReconfigurationTest extends AccountsTestCase {
  private void configure(Account... accounts) {
    simulator.configure(new AccountsConfig(List.of(accounts), Optional.empty(), Optional.empty()));
  }

  private static Account.Builder firstWithKey(String keyId) {
    return Account.builder(FIRST).key(AccessKey.of(keyId, "canary-first"));
  }

  @Test
  void shouldReplaceKeysAndKeepTasks() throws Exception {
    // when
    configure(firstWithKey("newKey").build());

    // then
    String renewed = send(task(TASK, HANGZHOU).date(clock.instant()).by("newKey", "canary-first"));
    assertEquals("running", state(renewed));
    assertEquals("InvalidAccessKeyId.NotFound", code(byFirst(task(TASK, HANGZHOU))));
  }

  @Test
  void shouldNotRestartATaskThatIsPlayed() throws Exception {
    Region same = Region.of("cn-hangzhou").withTasks(task("failed"));
    configure(firstWithKey("firstKey").region(same).build());
    assertEquals("running", state(byFirst(task(TASK, HANGZHOU))));
  }

  @Test
  void shouldStartThrottlingAndEndIt() throws Exception {
    configure(firstWithKey("firstKey").throttle(Duration.ofSeconds(1)).build());
    assertEquals("Throttling.User", code(byFirst(task(TASK, HANGZHOU))));
    configure(firstWithKey("firstKey").build());
    assertEquals("running", state(byFirst(task(TASK, HANGZHOU))));
  }

  @Test
  void shouldAddAnAccountAndTakeTheKeysOfAMissingOne() throws Exception {
    // given
    Account third =
        Account.builder("1000000000000003")
            .key(AccessKey.of("thirdKey", "canary-third"))
            .region(Region.of("cn-hangzhou").withTasks(task("paused")))
            .build();

    // when
    configure(third);

    // then
    String answer = send(task(TASK, HANGZHOU).date(clock.instant()).by("thirdKey", "canary-third"));
    assertEquals("paused", state(answer));
    assertEquals("InvalidAccessKeyId.NotFound", code(bySecond(task(TASK, HANGZHOU))));
  }

  @Test
  void shouldChangeNothingWhenAKeyIsGivenTwice() throws Exception {
    Account other = Account.builder(SECOND).key(AccessKey.of("newKey", "any")).build();
    assertThrows(
        IllegalArgumentException.class, () -> configure(firstWithKey("newKey").build(), other));
    assertEquals("running", state(byFirst(task(TASK, HANGZHOU))));
  }
}
