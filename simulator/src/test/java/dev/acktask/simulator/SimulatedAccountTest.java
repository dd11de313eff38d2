package dev.acktask.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.simulator.account.AccessKey;
import dev.acktask.simulator.account.Account;
import dev.acktask.simulator.response.Response;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What can be changed in an account while the simulator runs, and what it may not do. */
@Timeout(30)
class SimulatedAccountTest extends AccountsTestCase {
  @Test
  void shouldThrottleOneAccountOnly() throws Exception {
    // given
    simulator.account(FIRST).throttle(Duration.ofSeconds(2));

    // when
    String throttled = byFirst(task(TASK, HANGZHOU));
    String other = bySecond(task(TASK, HANGZHOU));

    // then
    assertTrue(throttled.startsWith("HTTP/1.1 429 Too Many Requests\r\n"), throttled);
    assertEquals("Throttling.User", code(throttled));
    assertTrue(throttled.contains("\r\nx-acs-retry-after: 2000\r\n"), throttled);
    assertEquals("400", code(other));
    assertEquals(Optional.of("account outage"), simulator.served().get(0).fault());
  }

  @Test
  void shouldServeAgainAfterRecovery() throws Exception {
    simulator.account(FIRST).outage(Response.error(503, "ServiceUnavailable", "down"));
    assertEquals("ServiceUnavailable", code(byFirst(task(TASK, HANGZHOU))));
    simulator.account(FIRST).recover();
    assertEquals("running", state(byFirst(task(TASK, HANGZHOU))));
  }

  @Test
  void shouldNotCountAReadThatIsThrottled() throws Exception {
    simulator.account(FIRST).throttle(Duration.ofSeconds(2));
    byFirst(task(TASK, HANGZHOU));
    simulator.account(FIRST).recover();
    byFirst(task(TASK, HANGZHOU));
    assertEquals(1, simulator.served(TASK).get(1).call());
  }

  @Test
  void shouldRefuseADisabledKeyUntilItIsEnabled() throws Exception {
    simulator.account(FIRST).disableKey("firstKey");
    assertEquals("InvalidAccessKeyId.Inactive", code(byFirst(task(TASK, HANGZHOU))));
    assertEquals("400", code(bySecond(task(TASK, HANGZHOU))));
    simulator.account(FIRST).enableKey("firstKey");
    assertEquals("running", state(byFirst(task(TASK, HANGZHOU))));
  }

  @Test
  void shouldAcceptANewKeyAndForgetARemovedOne() throws Exception {
    // given
    simulator.account(FIRST).putKey(AccessKey.of("newKey", "canary-new"));
    simulator.account(FIRST).removeKey("firstKey");

    // when
    String renewed = send(task(TASK, HANGZHOU).date(clock.instant()).by("newKey", "canary-new"));

    // then
    assertEquals("running", state(renewed));
    assertEquals("InvalidAccessKeyId.NotFound", code(byFirst(task(TASK, HANGZHOU))));
  }

  @Test
  void shouldRefuseToDisableAnUnknownKey() {
    SimulatedAccount account = simulator.account(FIRST);
    assertThrows(IllegalArgumentException.class, () -> account.disableKey("secondKey"));
  }

  @Test
  void shouldStartInTheStateThatIsConfigured() throws Exception {
    Account throttled =
        Account.builder("1000000000000003")
            .key(AccessKey.of("thirdKey", "canary-third"))
            .key(AccessKey.of("oldKey", "canary-old").enabled(false))
            .throttle(Duration.ofSeconds(1))
            .build();
    try (Simulator other = Simulator.builder().clock(clock).account(throttled).start();
        RawClient client = new RawClient(other.port())) {
      String third = task(TASK, HANGZHOU).date(clock.instant()).by("thirdKey", "canary-third");
      String old = task(TASK, HANGZHOU).date(clock.instant()).by("oldKey", "canary-old");
      assertEquals("Throttling.User", code(client.send(third).readAnswer()));
      assertEquals("InvalidAccessKeyId.Inactive", code(client.send(old).readAnswer()));
    }
  }

  @Test
  void shouldForbidAnOperationThatTheKeyMayNotCall() throws Exception {
    // when
    SignedRequest list = SignedRequest.list("c3", "").host(HANGZHOU).date(clock.instant());
    SignedRequest read = task(TASK, HANGZHOU).date(clock.instant());
    String forbidden = send(list.by("readerKey", "canary-reader"));

    // then
    assertTrue(forbidden.startsWith("HTTP/1.1 403 Forbidden\r\n"), forbidden);
    assertEquals("StatusForbidden", code(forbidden));
    assertTrue(forbidden.contains("RAM policy Forbidden for action cs:DescribeClusterTasks"));
    assertEquals("running", state(send(read.by("readerKey", "canary-reader"))));
  }
}
