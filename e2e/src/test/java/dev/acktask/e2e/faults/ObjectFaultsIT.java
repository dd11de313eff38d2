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
import dev.acktask.e2e.operator.OperatorProcess;
import dev.acktask.e2e.operator.Rig;
import dev.acktask.simulator.journal.Served;
import dev.acktask.simulator.reply.Reply;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
  void f57ShouldServeEachObjectWhenSeveralAskForOneTask() {
    try (Rig rig = Rig.start(controlPlane, "shared")) {
      // given
      rig.cloud().answers("T-57", Answers.running("T-57"));
      for (String name : List.of("one", "two", "three")) {
        rig.tasks().create(name, "T-57");
      }
      awaitPhases(rig, "Running", 3);

      // when
      rig.cloud().answers("T-57", Answers.failed("T-57", "X", "x"));

      // then
      awaitPhases(rig, "Failed", 3);
    }
  }

  @Test
  void f59ShouldNotPollWhenAForeignFinalizerHoldsTheObject() {
    try (Rig rig = Rig.start(controlPlane, "held")) {
      // given
      rig.cloud().answers("T-59", Answers.running("T-59"));
      rig.tasks().create("held", "T-59");
      awaitPhase(rig, "held", "Running");
      rig.tasks().finalizers("held", List.of("example.com/hold"));

      // when
      rig.tasks().delete("held");
      pollsOfAnother(rig, 2);
      int calls = rig.cloud().callCount("T-59");
      pollsOfAnother(rig, 5);

      // then
      assertEquals(calls, rig.cloud().callCount("T-59"));
      rig.tasks().finalizers("held", List.of());
      await().atMost(SOON).until(() -> rig.tasks().find("held").isEmpty());
    }
  }

  @Test
  void f60ShouldExitWithAClearLineWhenTheCrdIsMissing() {
    try (Rig rig = Rig.prepare(controlPlane, "no-crd")) {
      try {
        // given
        deleteCrd();

        // when
        OperatorProcess operator = rig.replica("operator").launch();

        // then
        assertEquals(1, operator.awaitExit(SOON));
        assertTrue(operator.output().contains("install the CRD"), operator::output);
      } finally {
        installCrd();
      }
    }
  }

  @Test
  void f61ShouldLandTheVerdictWhenTheInstalledCrdIsStricterThanTheStatus() {
    try (Rig rig = Rig.start(controlPlane, "stricter-crd")) {
      // given
      rig.cloud().answers("T-1", Answers.running("T-1"));
      rig.tasks().create("task", "T-1");
      awaitPhase(rig, "task", "Running");
      refuseTaskTypes(rig, "task");
      try {
        // when
        rig.cloud().answers("T-2", Answers.failed("T-2", "X", "x"));
        rig.tasks().create("late", "T-2");

        // then
        awaitPhase(rig, "late", "Failed");
        await().atMost(SOON).until(() -> rig.operator().output().contains("an older CRD"));
        rig.cloud().answers("T-1", Answers.failed("T-1", "X", "x"));
        awaitPhase(rig, "task", "Failed");
      } finally {
        installCrd();
      }
    }
  }

  @Test
  void f93ShouldKeepVerdictsAndFollowTheRestWhenANewerVersionWorkedInBetween() {
    try (Rig rig = Rig.start(controlPlane, "newer")) {
      // given
      rig.recorder().expect(Bounds.undisturbed(Rig.POLL_INTERVAL).withExtra(1));
      rig.cloud().answers("T-1", Answers.success("T-1"));
      rig.cloud().answers("T-2", Answers.running("T-2"));
      rig.tasks().create("finished", "T-1");
      rig.tasks().create("running", "T-2");
      awaitPhase(rig, "finished", "Succeeded");
      awaitPhase(rig, "running", "Running");
      rig.operator().kill();

      // when
      addStatusField("newField");
      try {
        writeAsNewerOperator(rig, "finished");
        writeAsNewerOperator(rig, "running");
      } finally {
        installCrd();
      }
      rig.operator().start();
      rig.cloud().answers("T-2", Answers.failed("T-2", "X", "x"));
      rig.recorder().calm();

      // then
      awaitPhase(rig, "running", "Failed");
      assertEquals("Succeeded", rig.tasks().get("finished").get("status", "phase"));
      assertEquals(1, rig.cloud().callCount("T-1"));
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
  private void writeAsNewerOperator(Rig rig, String name) {
    await()
        .atMost(SOON)
        .until(
            () -> {
              rig.kubectl(
                      "patch",
                      "acktask",
                      name,
                      "--subresource=status",
                      "--type=merge",
                      "--field-manager=acktask-operator",
                      "--patch={\"status\": {\"newField\": \"new\"}}")
                  .orThrow();
              return "new".equals(rig.tasks().get(name).get("status", "newField"));
            });
    rig.recorder().forged(rig.tasks().get(name).getMetadata().getResourceVersion());
  }

  /** Makes the schema stricter than the status, and waits until the API server has noticed. */
  private void refuseTaskTypes(Rig rig, String name) {
    String path = "/spec/versions/0/schema/openAPIV3Schema/properties/status/properties/taskType";
    String patch = "[{'op': 'replace', 'path': '%s/maxLength', 'value': 1}]".formatted(path);
    controlPlane
        .kubectl("patch", "crd", CRD, "--type=json", "-p", patch.replace('\'', '"'))
        .orThrow();
    await()
        .atMost(SOON)
        .until(
            () ->
                rig.kubectl(
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
  void f60ShouldFollowTasksAgainWhenTheCrdIsDeletedAndInstalledAgain() {
    try (Rig rig = Rig.start(controlPlane, "crd-again")) {
      // given
      rig.recorder()
          .expect(Bounds.undisturbed(Rig.POLL_INTERVAL).withReaction(Duration.ofMinutes(1)));
      rig.cloud().answers("T-60", Answers.running("T-60"));
      rig.tasks().create("before", "T-60");
      awaitPhase(rig, "before", "Running");

      // when
      try {
        deleteCrd();
      } finally {
        installCrd();
      }
      rig.cloud().answers("T-60b", Answers.success("T-60b"));
      rig.tasks().create("after", "T-60b");
      rig.recorder().calm();

      // then
      awaitPhaseOrRestart(rig, "after", "Succeeded");
    }
  }

  @Test
  void f62ShouldShowTheVerdictWhenTheDetailsAreTooLargeForAStatus() {
    try (Rig rig = Rig.start(controlPlane, "large")) {
      // given
      rig.cloud().answers("T-62", largeFailure("T-62"));
      rig.tasks()
          .create("large", Map.of("taskId", "T-62", "include", List.of("Parameters", "Outputs")));

      // when
      awaitPhase(rig, "large", "Failed");

      // then
      GenericKubernetesResource object = rig.tasks().get("large");
      String status = rig.kubectl("get", "acktask/large", "-o=jsonpath={.status}").orThrow();
      int bytes = status.getBytes(StandardCharsets.UTF_8).length;
      assertTrue(bytes <= 64 * 1024, () -> bytes + " bytes");
      assertEquals("QuotaExceeded", object.get("status", "error", "code"));
      assertNotNull(object.get("status", "omitted"));
    }
  }

  @Test
  void f23ShouldLandTheVerdictAndTheNewestEventsOfAnEnormousTask() {
    Map<String, String> large = Map.of("ACKTASK_MAX_RESPONSE_BYTES", "12582912");
    try (Rig rig = Rig.prepare(controlPlane, "enormous", large)) {
      // given
      rig.replica("operator").start();
      rig.cloud().answers("T-23", enormousFailure("T-23"));

      // when
      rig.tasks().create("enormous", "T-23");
      awaitPhase(rig, "enormous", "Failed");

      // then
      GenericKubernetesResource object = rig.tasks().get("enormous");
      String status = rig.kubectl("get", "acktask/enormous", "-o=jsonpath={.status}").orThrow();
      int bytes = status.getBytes(StandardCharsets.UTF_8).length;
      assertTrue(bytes <= 64 * 1024, () -> bytes + " bytes");
      assertTrue(status.contains("event 99999"), "the newest event");
      assertEquals(10_000, shownAndOmitted(object, "stages"));
      assertEquals(100_000, shownAndOmitted(object, "events"));
    }
  }

  private static int shownAndOmitted(GenericKubernetesResource object, String list) {
    List<?> shown = object.get("status", list);
    Integer omitted = object.get("status", "omitted", list);
    return (shown == null ? 0 : shown.size()) + (omitted == null ? 0 : omitted);
  }

  /** 10,000 stages, 100,000 events, and messages of one MiB among both. */
  private static Reply enormousFailure(String taskId) {
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
    return Reply.json(
        200,
        """
        {"task_id": "%s", "state": "failed", "error": {"code": "X", "message": "%s"},
         "stages": [%s], "events": [%s]}
        """
            .formatted(taskId, mebibyte, stages, events));
  }

  @Test
  void f63ShouldKeepTheRateWhenManyObjectsAreCreatedAtOnce() {
    int objects = 500;
    int perMinute = 3_000;
    int burst = 20;
    Map<String, String> budget =
        Map.of("ACKTASK_REQUESTS_PER_MINUTE", "" + perMinute, "ACKTASK_REQUEST_BURST", "" + burst);
    try (Rig rig = Rig.prepare(controlPlane, "crowd", budget)) {
      // given
      rig.recorder()
          .expect(Bounds.undisturbed(Rig.POLL_INTERVAL).withReaction(Duration.ofMinutes(1)));
      for (int i = 0; i < objects; i++) {
        rig.cloud().answers("T-" + i, Answers.success("T-" + i));
        rig.tasks().create("task-" + i, "T-" + i);
      }

      // when
      rig.replica("operator").start();
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> rig.tasks().namesWhere("status.phase", "Succeeded").size() == objects);

      // then
      List<Instant> calls = rig.cloud().served().stream().map(Served::time).sorted().toList();
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
  void f64ShouldNotPollMoreWhenLabelsAreEditedInALoop() {
    try (Rig rig = Rig.start(controlPlane, "labels")) {
      // given
      rig.cloud().answers("T-64", Answers.running("T-64"));
      rig.tasks().create("task", Map.of("taskId", "T-64", "pollInterval", "1h"));
      awaitPhase(rig, "task", "Running");

      // when
      for (int i = 0; i < 300; i++) {
        rig.tasks().label("task", "edit", "e" + i);
      }
      pollsOfAnother(rig, 3);

      // then
      assertEquals(1, rig.cloud().callCount("T-64"));
    }
  }

  @Test
  void f67ShouldNotWriteInTurnsWhenTwoReplicasFollowOneObject() {
    try (Rig rig = Rig.start(controlPlane, "two")) {
      // given
      rig.recorder().expect(Bounds.undisturbed(Rig.POLL_INTERVAL).withExtra(30));
      rig.replica("second").start();
      rig.cloud().answers("T-67", Answers.running("T-67"));
      rig.tasks().create("task", "T-67");
      awaitPhase(rig, "task", "Running");
      awaitCalls(rig, "T-67", 4);
      String version = version(rig, "task");

      // when
      awaitCalls(rig, "T-67", 16);

      // then
      assertEquals(version, version(rig, "task"));
      rig.cloud().answers("T-67", Answers.failed("T-67", "X", "x"));
      awaitPhase(rig, "task", "Failed");
      String last = version(rig, "task");
      pollsOfAnother(rig, 4);
      assertEquals(last, version(rig, "task"));
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
  private static Reply largeFailure(String taskId) {
    String outputs = IntStream.range(0, 400).mapToObj(i -> "\"\"").collect(Collectors.joining(","));
    String stages =
        IntStream.range(0, 45)
            .mapToObj(i -> "{\"state\": \"success\", \"outputs\": [%s]}".formatted(outputs))
            .collect(Collectors.joining(","));
    return Reply.json(
        200,
        """
        {"task_id": "%s", "state": "failed", "error": {"code": "QuotaExceeded", "message": "no"},
         "stages": [%s]}
        """
            .formatted(taskId, stages));
  }

  /** Time enough for as many polls that must not come. */
  private static void pollsOfAnother(Rig rig, int polls) {
    String taskId = "T-clock-" + System.nanoTime();
    rig.cloud().answers(taskId, Answers.running(taskId));
    String name = taskId.toLowerCase(Locale.ROOT);
    rig.tasks().create(name, taskId);
    awaitCalls(rig, taskId, polls);
    rig.tasks().delete(name);
  }

  private static void awaitCalls(Rig rig, String taskId, int calls) {
    await().atMost(SOON).until(() -> rig.cloud().callCount(taskId) >= calls);
  }

  private static String version(Rig rig, String name) {
    return rig.tasks().get(name).getMetadata().getResourceVersion();
  }

  private static void awaitPhases(Rig rig, String phase, int objects) {
    await()
        .atMost(SOON)
        .until(() -> rig.tasks().namesWhere("status.phase", phase).size() == objects);
  }

  private static void awaitPhase(Rig rig, String name, String phase) {
    await().atMost(SOON).until(() -> phase.equals(rig.tasks().get(name).get("status", "phase")));
  }

  /** An operator that ends to be started again, as a kubelet would, has recovered as well. */
  private static void awaitPhaseOrRestart(Rig rig, String name, String phase) {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> {
              if (!rig.operator().isAlive()) {
                rig.operator().start();
              }
              return phase.equals(rig.tasks().get(name).get("status", "phase"));
            });
  }
}
