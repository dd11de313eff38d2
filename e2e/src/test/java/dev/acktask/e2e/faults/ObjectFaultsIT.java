package dev.acktask.e2e.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.cluster.Settings;
import dev.acktask.e2e.history.Bounds;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorFixture;
import dev.acktask.e2e.operator.OperatorProcess;
import dev.acktask.simulator.requestlog.RequestRecord;
import dev.acktask.simulator.response.Response;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Catalogue B3: the object and its life. */
@OnControlPlane
class ObjectFaultsIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String CRD = "acktasks.acktask.dev";

  private final ControlPlane controlPlane;

  ObjectFaultsIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @Test
  @Tag("F57")
  void shouldServeEachObjectWhenSeveralAskForOneTask() {
    try (OperatorFixture fixture = OperatorFixture.start(controlPlane, "shared")) {
      // given
      fixture.cloud().answers("T-57", Answers.running("T-57"));
      for (String name : List.of("one", "two", "three")) {
        fixture.tasks().create(name, "T-57");
      }
      awaitPhases(fixture, "Running", 3);

      // when
      fixture.cloud().answers("T-57", Answers.failed("T-57", "X", "x"));

      // then
      awaitPhases(fixture, "Failed", 3);
    }
  }

  @Test
  @Tag("F59")
  void shouldNotPollWhenAForeignFinalizerHoldsTheObject() {
    try (OperatorFixture fixture = OperatorFixture.start(controlPlane, "held")) {
      // given
      fixture.cloud().answers("T-59", Answers.running("T-59"));
      fixture.tasks().create("held", "T-59");
      awaitPhase(fixture, "held", "Running");
      fixture.tasks().finalizers("held", List.of("example.com/hold"));

      // when
      fixture.tasks().delete("held");
      pollsOfAnother(fixture, 2);
      int calls = fixture.cloud().callCount("T-59");
      pollsOfAnother(fixture, 5);

      // then
      assertEquals(calls, fixture.cloud().callCount("T-59"));
      fixture.tasks().finalizers("held", List.of());
      await().atMost(SOON).until(() -> fixture.tasks().find("held").isEmpty());
    }
  }

  @Test
  @Tag("F60")
  void shouldExitWithAClearLineWhenTheCrdIsMissing() {
    try (OperatorFixture fixture = OperatorFixture.prepare(controlPlane, "no-crd")) {
      try {
        // given
        deleteCrd();

        // when
        OperatorProcess operator = fixture.replica("operator").launch();

        // then
        assertEquals(1, operator.awaitExit(SOON));
        assertTrue(operator.output().contains("install the CRD"), operator::output);
      } finally {
        installCrd();
      }
    }
  }

  @Test
  @Tag("F61")
  void shouldLandTheVerdictWhenTheInstalledCrdIsStricterThanTheStatus() {
    try (OperatorFixture fixture = OperatorFixture.start(controlPlane, "stricter-crd")) {
      // given
      fixture.cloud().answers("T-1", Answers.running("T-1"));
      fixture.tasks().create("task", "T-1");
      awaitPhase(fixture, "task", "Running");
      refuseTaskTypes(fixture, "task");
      try {
        // when
        fixture.cloud().answers("T-2", Answers.failed("T-2", "X", "x"));
        fixture.tasks().create("late", "T-2");

        // then
        awaitPhase(fixture, "late", "Failed");
        await().atMost(SOON).until(() -> fixture.operator().output().contains("an older CRD"));
        fixture.cloud().answers("T-1", Answers.failed("T-1", "X", "x"));
        awaitPhase(fixture, "task", "Failed");
      } finally {
        installCrd();
      }
    }
  }

  @Test
  @Tag("F93")
  void shouldKeepVerdictsAndFollowTheRestWhenANewerVersionWorkedInBetween() {
    try (OperatorFixture fixture = OperatorFixture.start(controlPlane, "newer")) {
      // given
      fixture.recorder().expect(Bounds.undisturbed(OperatorFixture.POLL_INTERVAL).withExtra(1));
      fixture.cloud().answers("T-1", Answers.success("T-1"));
      fixture.cloud().answers("T-2", Answers.running("T-2"));
      fixture.tasks().create("finished", "T-1");
      fixture.tasks().create("running", "T-2");
      awaitPhase(fixture, "finished", "Succeeded");
      awaitPhase(fixture, "running", "Running");
      fixture.operator().kill();

      // when
      addStatusField("newField");
      try {
        writeAsNewerOperator(fixture, "finished");
        writeAsNewerOperator(fixture, "running");
      } finally {
        installCrd();
      }
      fixture.operator().start();
      fixture.cloud().answers("T-2", Answers.failed("T-2", "X", "x"));
      fixture.recorder().calm();

      // then
      awaitPhase(fixture, "running", "Failed");
      assertEquals("Succeeded", fixture.tasks().get("finished").get("status", "phase"));
      assertEquals(1, fixture.cloud().callCount("T-1"));
    }
  }

  private void addStatusField(String name) {
    String path = "/spec/versions/0/schema/openAPIV3Schema/properties/status/properties/" + name;
    String patch = "[{'op': 'add', 'path': '%s', 'value': {'type': 'string'}}]".formatted(path);
    controlPlane
        .kubectl("patch", "crd", CRD, "--type=json", "-p", patch.replace('\'', '"'))
        .orThrow();
  }

  /** Under the name that both versions write with; again until the API server knows the field. */
  private void writeAsNewerOperator(OperatorFixture fixture, String name) {
    await()
        .atMost(SOON)
        .until(
            () -> {
              fixture
                  .kubectl(
                      "patch",
                      "acktask",
                      name,
                      "--subresource=status",
                      "--type=merge",
                      "--field-manager=acktask-operator",
                      "--patch={\"status\": {\"newField\": \"new\"}}")
                  .orThrow();
              return "new".equals(fixture.tasks().get(name).get("status", "newField"));
            });
    fixture.recorder().forged(fixture.tasks().get(name).getMetadata().getResourceVersion());
  }

  /** Makes the schema stricter than the status, and waits until the API server has noticed. */
  private void refuseTaskTypes(OperatorFixture fixture, String name) {
    String path = "/spec/versions/0/schema/openAPIV3Schema/properties/status/properties/taskType";
    String patch = "[{'op': 'replace', 'path': '%s/maxLength', 'value': 1}]".formatted(path);
    controlPlane
        .kubectl("patch", "crd", CRD, "--type=json", "-p", patch.replace('\'', '"'))
        .orThrow();
    await()
        .atMost(SOON)
        .until(
            () ->
                fixture
                        .kubectl(
                            "patch",
                            "acktask",
                            name,
                            "--subresource=status",
                            "--type=merge",
                            "--dry-run=server",
                            "-p",
                            "{\"status\": {\"taskType\": \"refused\"}}")
                        .exitCode()
                    != 0);
  }

  @Test
  @Tag("F60")
  void shouldFollowTasksAgainWhenTheCrdIsDeletedAndInstalledAgain() {
    try (OperatorFixture fixture = OperatorFixture.start(controlPlane, "crd-again")) {
      // given
      fixture
          .recorder()
          .expect(
              Bounds.undisturbed(OperatorFixture.POLL_INTERVAL)
                  .withReaction(Duration.ofMinutes(1)));
      fixture.cloud().answers("T-60", Answers.running("T-60"));
      fixture.tasks().create("before", "T-60");
      awaitPhase(fixture, "before", "Running");

      // when
      try {
        deleteCrd();
      } finally {
        installCrd();
      }
      fixture.cloud().answers("T-60b", Answers.success("T-60b"));
      fixture.tasks().create("after", "T-60b");
      fixture.recorder().calm();

      // then
      awaitPhaseOrRestart(fixture, "after", "Succeeded");
    }
  }

  @Test
  @Tag("F62")
  void shouldShowTheVerdictWhenTheDetailsAreTooLargeForAStatus() {
    try (OperatorFixture fixture = OperatorFixture.start(controlPlane, "large")) {
      // given
      fixture.cloud().answers("T-62", largeFailure("T-62"));
      fixture
          .tasks()
          .create("large", Map.of("taskId", "T-62", "include", List.of("Parameters", "Outputs")));

      // when
      awaitPhase(fixture, "large", "Failed");

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
  void shouldLandTheVerdictAndTheNewestEventsOfAnEnormousTask() {
    Map<String, String> large = Map.of("ACKTASK_MAX_RESPONSE_BYTES", "12582912");
    try (OperatorFixture fixture = OperatorFixture.prepare(controlPlane, "enormous", large)) {
      // given
      fixture.replica("operator").start();
      fixture.cloud().answers("T-23", enormousFailure("T-23"));

      // when
      fixture.tasks().create("enormous", "T-23");
      awaitPhase(fixture, "enormous", "Failed");

      // then
      GenericKubernetesResource object = fixture.tasks().get("enormous");
      String status = fixture.kubectl("get", "acktask/enormous", "-o=jsonpath={.status}").orThrow();
      int bytes = status.getBytes(StandardCharsets.UTF_8).length;
      assertTrue(bytes <= 64 * 1024, () -> bytes + " bytes");
      assertTrue(status.contains("event 99999"), "the newest event");
      assertEquals(10_000, shownAndOmitted(object, "stages"));
      assertEquals(100_000, shownAndOmitted(object, "events"));
    }
  }

  private static int shownAndOmitted(GenericKubernetesResource object, String list) {
    List<?> listed = object.get("status", list);
    Integer omitted = object.get("status", "omitted", list);
    return (listed == null ? 0 : listed.size()) + (omitted == null ? 0 : omitted);
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

  @Test
  @Tag("F63")
  void shouldKeepTheRateWhenManyObjectsAreCreatedAtOnce() {
    int objects = 500;
    int perMinute = 3_000;
    int burst = 20;
    Map<String, String> budget =
        Map.of("ACKTASK_REQUESTS_PER_MINUTE", "" + perMinute, "ACKTASK_REQUEST_BURST", "" + burst);
    try (OperatorFixture fixture = OperatorFixture.prepare(controlPlane, "crowd", budget)) {
      // given
      fixture
          .recorder()
          .expect(
              Bounds.undisturbed(OperatorFixture.POLL_INTERVAL)
                  .withReaction(Duration.ofMinutes(1)));
      for (int i = 0; i < objects; i++) {
        fixture.cloud().answers("T-" + i, Answers.success("T-" + i));
        fixture.tasks().create("task-" + i, "T-" + i);
      }

      // when
      fixture.replica("operator").start();
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> fixture.tasks().namesWhere("status.phase", "Succeeded").size() == objects);

      // then
      List<Instant> calls =
          fixture.cloud().served().stream().map(RequestRecord::time).sorted().toList();
      assertEquals(objects, calls.size());
      for (int i = burst; i < calls.size(); i += burst) {
        double seconds = Duration.between(calls.get(0), calls.get(i)).toMillis() / 1_000.0;
        double most = burst + 1 + (seconds + 0.1) * perMinute / 60;
        int made = i + 1;
        assertTrue(made <= most, () -> made + " calls in " + seconds + " s");
      }
    }
  }

  @Test
  @Tag("F64")
  void shouldNotPollMoreWhenLabelsAreEditedInALoop() {
    try (OperatorFixture fixture = OperatorFixture.start(controlPlane, "labels")) {
      // given
      fixture.cloud().answers("T-64", Answers.running("T-64"));
      fixture.tasks().create("task", Map.of("taskId", "T-64", "pollInterval", "1h"));
      awaitPhase(fixture, "task", "Running");

      // when
      for (int i = 0; i < 300; i++) {
        fixture.tasks().label("task", "edit", "e" + i);
      }
      pollsOfAnother(fixture, 3);

      // then
      assertEquals(1, fixture.cloud().callCount("T-64"));
    }
  }

  @Test
  @Tag("F67")
  void shouldNotWriteInTurnsWhenTwoReplicasFollowOneObject() {
    try (OperatorFixture fixture = OperatorFixture.start(controlPlane, "two")) {
      // given
      fixture.recorder().expect(Bounds.undisturbed(OperatorFixture.POLL_INTERVAL).withExtra(30));
      fixture.replica("second").start();
      fixture.cloud().answers("T-67", Answers.running("T-67"));
      fixture.tasks().create("task", "T-67");
      awaitPhase(fixture, "task", "Running");
      awaitCalls(fixture, "T-67", 4);
      String version = version(fixture, "task");

      // when
      awaitCalls(fixture, "T-67", 16);

      // then
      assertEquals(version, version(fixture, "task"));
      fixture.cloud().answers("T-67", Answers.failed("T-67", "X", "x"));
      awaitPhase(fixture, "task", "Failed");
      String last = version(fixture, "task");
      pollsOfAnother(fixture, 4);
      assertEquals(last, version(fixture, "task"));
    }
  }

  private void deleteCrd() {
    controlPlane.kubectl("delete", "crd", CRD, "--timeout=60s").orThrow();
  }

  private void installCrd() {
    String folder = Settings.repository().resolve("crds").toString();
    controlPlane.kubectl("apply", "-f", folder).orThrow();
    controlPlane
        .kubectl("wait", "crd", CRD, "--for=condition=Established", "--timeout=60s")
        .orThrow();
    await().atMost(SOON).until(() -> controlPlane.kubectl("get", "acktasks", "-A").exitCode() == 0);
  }

  /** Every quote needs a backslash where the status holds it as text: it grows by two thirds. */
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

  /** Time enough for as many polls that must not come. */
  private static void pollsOfAnother(OperatorFixture fixture, int polls) {
    String taskId = "T-clock-" + System.nanoTime();
    fixture.cloud().answers(taskId, Answers.running(taskId));
    String name = taskId.toLowerCase(Locale.ROOT);
    fixture.tasks().create(name, taskId);
    awaitCalls(fixture, taskId, polls);
    fixture.tasks().delete(name);
  }

  private static void awaitCalls(OperatorFixture fixture, String taskId, int calls) {
    await().atMost(SOON).until(() -> fixture.cloud().callCount(taskId) >= calls);
  }

  private static String version(OperatorFixture fixture, String name) {
    return fixture.tasks().get(name).getMetadata().getResourceVersion();
  }

  private static void awaitPhases(OperatorFixture fixture, String phase, int objects) {
    await()
        .atMost(SOON)
        .until(() -> fixture.tasks().namesWhere("status.phase", phase).size() == objects);
  }

  private static void awaitPhase(OperatorFixture fixture, String name, String phase) {
    await()
        .atMost(SOON)
        .until(() -> phase.equals(fixture.tasks().get(name).get("status", "phase")));
  }

  /** An operator that ends to be started again, as a kubelet would, has recovered as well. */
  private static void awaitPhaseOrRestart(OperatorFixture fixture, String name, String phase) {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> {
              if (!fixture.operator().isAlive()) {
                fixture.operator().start();
              }
              return phase.equals(fixture.tasks().get(name).get("status", "phase"));
            });
  }
}
