package dev.acktask.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acktask.simulator.account.MaintenancePlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The plans of ACK's own maintenance. */
@Timeout(30)
class PlanListTest extends AccountsTestCase {
  private static final MaintenancePlan STARTED =
      MaintenancePlan.of("P-1", "c3").withTask(TASK).withType("CLUSTER_UPGRADE_MASTER");

  @BeforeEach
  void plan() {
    SimulatedRegion region = simulator.account(FIRST).region("cn-hangzhou");
    region.putPlan(STARTED);
    clock.advance(Duration.ofSeconds(1));
    region.putPlan(MaintenancePlan.of("P-2", "c1"));
  }

  private JsonNode plans(SignedRequest request) throws Exception {
    return SimulatorTestCase.body(byFirst(request.host(HANGZHOU))).get("plans");
  }

  private List<String> ids(SignedRequest request) throws Exception {
    List<String> ids = new ArrayList<>();
    plans(request).forEach(plan -> ids.add(plan.get("plan_id").asText()));
    return ids;
  }

  @Test
  void shouldListThePlansOfTheRegionInThePath() throws Exception {
    assertEquals(List.of("P-2", "P-1"), ids(SignedRequest.plansOf("cn-hangzhou", "")));
    assertEquals(List.of(), ids(SignedRequest.plansOf("cn-beijing", "")));
  }

  @Test
  void shouldHaveTheDocumentedFields() throws Exception {
    // when
    JsonNode plan = plans(SignedRequest.plansOf("cn-hangzhou", "cluster_id=c3")).get(0);

    // then
    TreeSet<String> names = new TreeSet<>();
    plan.fieldNames().forEachRemaining(names::add);
    assertEquals(
        "[cluster_id, created, end_time, plan_id, start_time, state, state_reason, target_id,"
            + " target_type, task_id, type]",
        names.toString());
    assertEquals(TASK, plan.get("task_id").asText());
    assertEquals("Executing", plan.get("state").asText());
  }

  @Test
  void shouldFilterByStateAndType() throws Exception {
    assertEquals(List.of("P-2"), ids(SignedRequest.plansOf("cn-hangzhou", "state=Scheduled")));
    assertEquals(
        List.of("P-1"), ids(SignedRequest.plansOf("cn-hangzhou", "type=CLUSTER_UPGRADE_MASTER")));
  }

  @Test
  void shouldListInLowerCaseWithoutARegionInThePath() throws Exception {
    JsonNode plan = plans(SignedRequest.plans("cluster_id=c1")).get(0);
    assertEquals("scheduled", plan.get("state").asText());
    assertEquals("cluster_upgrade_addon", plan.get("type").asText());
    assertEquals(List.of("P-2", "P-1"), ids(SignedRequest.plans("")));
  }

  @Test
  void shouldKeepTheStartOfAPlanThatIsPutAgain() throws Exception {
    clock.advance(Duration.ofSeconds(1));
    simulator.account(FIRST).region("cn-hangzhou").putPlan(STARTED.withState("Executed"));
    assertEquals(List.of("P-2", "P-1"), ids(SignedRequest.plansOf("cn-hangzhou", "")));
  }

  @Test
  void shouldListTheHundredMostRecent() throws Exception {
    for (int number = 3; number <= 120; number++) {
      clock.advance(Duration.ofSeconds(1));
      simulator
          .account(FIRST)
          .region("cn-hangzhou")
          .putPlan(MaintenancePlan.of("P-" + number, "c1"));
    }
    List<String> ids = ids(SignedRequest.plansOf("cn-hangzhou", ""));
    assertEquals(100, ids.size());
    assertEquals("P-120", ids.get(0));
  }

  @Test
  void shouldForbidThePlansToAKeyThatMayNotListThem() throws Exception {
    SignedRequest request = SignedRequest.plansOf("cn-hangzhou", "").host(HANGZHOU);
    String answer = send(request.date(clock.instant()).by("readerKey", "canary-reader"));
    assertEquals("StatusForbidden", code(answer));
  }
}
