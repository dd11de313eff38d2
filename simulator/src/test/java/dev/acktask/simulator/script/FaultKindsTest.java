package dev.acktask.simulator.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.simulator.response.Delivery;
import dev.acktask.simulator.response.Delivery.Cut;
import dev.acktask.simulator.response.Delivery.Ending;
import dev.acktask.simulator.response.Delivery.From;
import dev.acktask.simulator.response.Framing;
import dev.acktask.simulator.response.Header;
import dev.acktask.simulator.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The response that each fault of a script makes of the correct one. */
class FaultKindsTest {
  private static final Response TRUTH = Response.json(200, "{\"state\":\"running\"}");
  private static final Map<String, String> REQUIRED =
      Map.of(
          "error", ", code: Some",
          "gatewayError", ", code: Some",
          "redirect", ", location: /elsewhere",
          "delay", ", by: 3s");

  private static Response apply(String fault) {
    String yaml =
        """
        taskId: T-000000000000000000000a01
        clusterId: c00000000000000000000000000000001
        taskType: cluster_upgrade
        timeline: [{at: 0s, state: running}]
        faults: [{call: 1, kind: %s}]
        """
            .formatted(fault);
    ScriptedFault parsed = ScriptParser.parse("x.yaml", yaml).faults().get(0);
    return parsed.effect().apply(TRUTH);
  }

  private static List<String> names() {
    return FaultKinds.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldChangeTheResponseWhenAKindApplies(String kind) {
    assertNotEquals(TRUTH, apply(kind + REQUIRED.getOrDefault(kind, "")));
  }

  @Test
  void shouldSendHintsVerbatimWhenThrottled() {
    Response response =
        apply("throttled, status: 429, retryAfterMs: -1, retryAfter: soon, rateLimit: 'Remain:0'");
    assertEquals(429, response.status());
    assertEquals(Optional.of("-1"), Header.first(response.headers(), "x-acs-retry-after"));
    assertEquals(Optional.of("soon"), Header.first(response.headers(), "Retry-After"));
    assertEquals(Optional.of("Remain:0"), Header.first(response.headers(), "x-ratelimit-user-api"));
  }

  @Test
  void shouldSendNoHintsWhenNoneAreGiven() {
    assertTrue(Header.first(apply("throttled").headers(), "x-acs-retry-after").isEmpty());
  }

  @Test
  void shouldKeepTheTruthWhenOnlyTheDeliveryChanges() {
    Response cut = apply("cutWithReset, bytes: 7");
    assertEquals(TRUTH.body(), cut.body());
    assertEquals(Optional.of(new Cut(From.MESSAGE, 7)), cut.delivery().cut());
    assertEquals(Ending.RESET, cut.delivery().ending());
  }

  @Test
  void shouldCombineWithNothingElseWhenDelayed() {
    assertEquals(
        Delivery.NORMAL.withDelay(Duration.ofSeconds(3)), apply("delay, by: 3s").delivery());
  }

  @Test
  void shouldCutInsideAChunkWhenChunkedCut() {
    Delivery delivery = apply("chunkedCut, bytes: 9").delivery();
    assertEquals(Framing.Chunked.class, delivery.framing().getClass());
    assertEquals(Optional.of(new Cut(From.BODY, 9)), delivery.cut());
  }
}
