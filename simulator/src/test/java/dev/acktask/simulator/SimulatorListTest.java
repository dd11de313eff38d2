package dev.acktask.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acktask.simulator.script.SyntheticTasks;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The list of the tasks of a cluster, page by page. */
@Timeout(30)
class SimulatorListTest extends SimulatorTestCase {
  @Test
  void shouldSendTheSameRequestIdInHeadAndBodyWhenListing() throws Exception {
    // given
    SyntheticTasks.of(3, Duration.ofMinutes(10), 0).forEach(simulator::play);
    String query = "page_number=2&page_size=2";

    // when
    String answer =
        send(SignedRequest.list(SyntheticTasks.CLUSTER_ID, query).by("keyId", "canary-secret"));
    JsonNode page = body(answer);

    // then
    assertTrue(answer.contains("x-acs-request-id: " + page.get("requestId").asText()));
    assertEquals(2, page.get("page_info").get("page_number").asInt());
    assertEquals(3, page.get("page_info").get("total_count").asInt());
    assertEquals(1, page.get("tasks").size());
    assertEquals("running", page.get("tasks").get(0).get("state").asText());
    assertEquals("", page.get("next_token").asText());
  }

  @Test
  void shouldReachEveryTaskOnceWhenFollowingTokens() throws Exception {
    SyntheticTasks.of(5, Duration.ofMinutes(10), 0).forEach(simulator::play);
    int tasks = 0;
    String token = "";
    do {
      String query = "max_results=2&next_token=" + token;
      JsonNode page =
          body(
              send(
                  SignedRequest.list(SyntheticTasks.CLUSTER_ID, query)
                      .by("keyId", "canary-secret")));
      tasks += page.get("tasks").size();
      token = page.get("next_token").asText();
    } while (!token.isEmpty());
    assertEquals(5, tasks);
  }

  @Test
  void shouldRefuseWhenPageIsNotANumber() throws Exception {
    SignedRequest request = SignedRequest.list("c1", "page_number=0");
    String answer = send(request.by("keyId", "canary-secret"));
    assertEquals("InvalidParameter", body(answer).get("code").asText());
  }
}
