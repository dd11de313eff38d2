package dev.acktask.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.simulator.account.AccessKey;
import dev.acktask.simulator.account.Account;
import dev.acktask.simulator.requestlog.RequestRecord;
import dev.acktask.simulator.requestlog.RequestRecordJson;
import dev.acktask.simulator.signature.Credential;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tasks belong to one account and one region. */
@Timeout(30)
class AccountIsolationTest extends AccountsTestCase {
  @Test
  void shouldServeTheTaskOfTheRegionInTheHost() throws Exception {
    assertEquals("running", state(byFirst(task(TASK, HANGZHOU))));
    assertEquals("success", state(byFirst(task(TASK, BEIJING))));
  }

  @Test
  void shouldNotFindATaskOfAnotherRegion() throws Exception {
    String answer = byFirst(task(TASK, "cs.eu-central-1.localhost"));
    assertTrue(answer.startsWith("HTTP/1.1 400 "));
    assertEquals("400", code(answer));
    assertTrue(answer.contains("the task " + TASK + " not found"));
  }

  @Test
  void shouldNotFindATaskOfAnotherAccount() throws Exception {
    assertEquals("400", code(bySecond(task(TASK, HANGZHOU))));
  }

  @Test
  void shouldListOnlyTheTasksOfAccountAndRegion() throws Exception {
    SignedRequest own = SignedRequest.list("c3", "").host(HANGZHOU);
    SignedRequest foreign = SignedRequest.list("c3", "").host(HANGZHOU);
    assertEquals(1, SimulatorTestCase.body(byFirst(own)).get("tasks").size());
    assertEquals(0, SimulatorTestCase.body(bySecond(foreign)).get("tasks").size());
  }

  @Test
  void shouldUseTheDefaultRegionWhenHostNamesNone() throws Exception {
    assertEquals("running", state(byFirst(task(TASK, "127.0.0.1"))));
  }

  @Test
  void shouldUseTheConfiguredDefaultRegion() throws Exception {
    try (Simulator beijing = configured(Simulator.builder()).defaultRegion("cn-beijing").start();
        RawClient client = new RawClient(beijing.port())) {
      String request = task(TASK, "127.0.0.1").date(clock.instant()).by("firstKey", "canary-first");
      assertEquals("success", state(client.send(request).readAnswer()));
    }
  }

  @Test
  void shouldServeTheDefaultAccountInEveryRegion() throws Exception {
    // given
    simulator.credentials(Credential.of("keyId", "canary"));
    simulator.play(task("paused"));

    // when
    String hangzhou = send(task(TASK, HANGZHOU).date(clock.instant()).by("keyId", "canary"));
    String beijing = send(task(TASK, BEIJING).date(clock.instant()).by("keyId", "canary"));

    // then
    assertEquals("paused", state(hangzhou));
    assertEquals("paused", state(beijing));
    assertEquals("running", state(byFirst(task(TASK, HANGZHOU))));
  }

  @Test
  void shouldAnswerFromScriptsOfOneRegion() throws Exception {
    simulator.account(FIRST).region("cn-beijing").answers(TASK, SimulatorTestCase.RUNNING);
    assertEquals("running", state(byFirst(task(TASK, BEIJING))));
    simulator.account(SECOND).region("cn-beijing").play(task("failed"));
    assertEquals("failed", state(bySecond(task(TASK, BEIJING))));
  }

  @Test
  void shouldBelieveTheNamedKeyWithoutVerification() throws Exception {
    try (Simulator trusting = configured(Simulator.builder()).withoutVerification().start();
        RawClient client = new RawClient(trusting.port())) {
      assertEquals(
          "running", state(client.send(task(TASK, HANGZHOU).by("firstKey", "wrong")).readAnswer()));
      assertEquals(
          "400", code(client.send(task(TASK, HANGZHOU).by("unknown", "any")).readAnswer()));
    }
  }

  @Test
  void shouldRecordAccountAndRegion() throws Exception {
    // when
    byFirst(task(TASK, BEIJING));
    send(task(TASK, HANGZHOU).date(clock.instant()).by("secondKey", "wrong"));
    send(task(TASK, HANGZHOU).date(clock.instant()).by("unknown", "wrong"));

    // then
    RequestRecord served = simulator.served().get(0);
    assertEquals(Optional.of(FIRST), served.accountId());
    assertEquals("cn-beijing", served.region());
    assertEquals(Optional.of(SECOND), simulator.served().get(1).accountId());
    assertEquals(Optional.empty(), simulator.served().get(2).accountId());
    String line = RequestRecordJson.line(served);
    assertTrue(line.contains("\"account\":\"" + FIRST + "\",\"region\":\"cn-beijing\""), line);
    assertFalse(line.contains("canary"));
  }

  @Test
  void shouldRefuseToStartWhenTwoAccountsShareAnId() throws IOException {
    SimulatorBuilder builder = configured(Simulator.builder()).account(first().build());
    assertThrows(IllegalArgumentException.class, builder::start);
  }

  @Test
  void shouldRefuseToStartWhenTwoAccountsShareAKey() {
    SimulatorBuilder builder =
        configured(Simulator.builder())
            .account(
                Account.builder("1000000000000003").key(AccessKey.of("firstKey", "any")).build());
    assertThrows(IllegalArgumentException.class, builder::start);
  }

  @Test
  void shouldRefuseToControlAnUnknownAccount() {
    assertThrows(IllegalArgumentException.class, () -> simulator.account("1000000000000009"));
  }
}
