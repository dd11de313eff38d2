package dev.acktask.e2e.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.operator.OperatorFixture;
import dev.acktask.simulator.response.Response;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Catalogue F23 and F62: tasks whose details do not fit into a status. */
@OnControlPlane
class LargeTaskIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final ControlPlane controlPlane;

  LargeTaskIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @Test
  @Tag("F62")
  void shouldReportTheVerdictWhenTheDetailsAreTooLargeForAStatus() {
    try (OperatorFixture fixture = OperatorFixture.start(controlPlane, "large")) {
      // given
      fixture.cloud().answers("T-62", largeFailure("T-62"));
      fixture
          .tasks()
          .create("large", Map.of("taskId", "T-62", "include", List.of("Parameters", "Outputs")));

      // when
      fixture.tasks().awaitPhase("large", "Failed", SOON);

      // then
      GenericKubernetesResource object = fixture.tasks().get("large");
      String status = fixture.kubectl("get", "acktask/large", "-o=jsonpath={.status}").orThrow();
      int bytes = status.getBytes(StandardCharsets.UTF_8).length;
      assertTrue(bytes <= 64 * 1024, () -> bytes + " bytes");
      assertEquals("QuotaExceeded", object.get("status", "error", "code"));
      assertNotNull(object.get("status", "omitted"));
    }
  }

  @Test
  @Tag("F23")
  void shouldReportVerdictAndNewestEventsWhenTheTaskIsEnormous() {
    Map<String, String> large = Map.of("ACKTASK_MAX_RESPONSE_BYTES", "12582912");
    try (OperatorFixture fixture = OperatorFixture.prepare(controlPlane, "enormous", large)) {
      // given
      fixture.replica("operator").start();
      fixture.cloud().answers("T-23", enormousFailure("T-23"));

      // when
      fixture.tasks().create("enormous", "T-23");
      fixture.tasks().awaitPhase("enormous", "Failed", SOON);

      // then
      GenericKubernetesResource object = fixture.tasks().get("enormous");
      String status = fixture.kubectl("get", "acktask/enormous", "-o=jsonpath={.status}").orThrow();
      int bytes = status.getBytes(StandardCharsets.UTF_8).length;
      assertTrue(bytes <= 64 * 1024, () -> bytes + " bytes");
      assertTrue(status.contains("event 99999"), "the newest event");
      assertEquals(10_000, listedAndOmitted(object, "stages"));
      assertEquals(100_000, listedAndOmitted(object, "events"));
    }
  }

  private static int listedAndOmitted(GenericKubernetesResource object, String list) {
    List<?> listed = object.get("status", list);
    Integer omitted = object.get("status", "omitted", list);
    return (listed == null ? 0 : listed.size()) + (omitted == null ? 0 : omitted);
  }

  /** The status escapes every quote with a backslash, so the text grows by two thirds. */
  private static Response largeFailure(String taskId) {
    String outputs = IntStream.range(0, 400).mapToObj(i -> "\"\"").collect(Collectors.joining(","));
    String stages =
        IntStream.range(0, 45)
            .mapToObj(i -> "{\"state\": \"success\", \"outputs\": [%s]}".formatted(outputs))
            .collect(Collectors.joining(","));
    return Response.json(
        200,
        """
        {"task_id": "%s", "state": "failed", "error": {"code": "QuotaExceeded", "message": "no"},
         "stages": [%s]}
        """
            .formatted(taskId, stages));
  }

  /** 10,000 stages, 100,000 events, and messages of one MiB among both. */
  private static Response enormousFailure(String taskId) {
    String mebibyte = "m".repeat(1 << 20);
    String stages =
        IntStream.range(0, 10_000)
            .mapToObj(
                i ->
                    "{\"state\": \"success\", \"message\": \"%s\"}"
                        .formatted(i % 5_000 == 0 ? mebibyte : "stage " + i))
            .collect(Collectors.joining(","));
    String events =
        IntStream.range(0, 100_000)
            .mapToObj(
                i ->
                    "{\"timestamp\": \"%d\", \"message\": \"%s\"}"
                        .formatted(
                            1_700_000_000_000L + i, i % 50_000 == 0 ? mebibyte : "event " + i))
            .collect(Collectors.joining(","));
    return Response.json(
        200,
        """
        {"task_id": "%s", "state": "failed", "error": {"code": "X", "message": "%s"},
         "stages": [%s], "events": [%s]}
        """
            .formatted(taskId, mebibyte, stages, events));
  }
}
