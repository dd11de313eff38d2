package dev.acktask.e2e.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.cluster.Settings;
import dev.acktask.e2e.history.Bounds;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorFixture;
import dev.acktask.e2e.operator.OperatorProcess;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Catalogue F60, F61 and F93: the CRDs are missing, replaced, or of another version. */
@OnControlPlane
class CrdFaultsIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String CRD = "acktasks.acktask.dev";
  private static final String FILES = Settings.repository().resolve("crds").toString();
  private static final String KINDS =
      "acktasks,acktaskgates,ackconnections,clusterackconnections,acktaskdiscoveries";

  private final ControlPlane controlPlane;

  CrdFaultsIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @Test
  @Tag("F60")
  void shouldExitWithAClearLineWhenTheCrdIsMissing() {
    try (OperatorFixture fixture = OperatorFixture.prepare(controlPlane, "no-crd")) {
      try {
        // given
        deleteCrds();

        // when
        OperatorProcess operator = fixture.replica("operator").launch();

        // then
        assertEquals(1, operator.awaitExit(SOON));
        assertTrue(operator.output().contains("install the CRD"), operator::output);
      } finally {
        installCrds();
      }
    }
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
      fixture.tasks().awaitPhase("before", "Running", SOON);

      // when
      try {
        deleteCrds();
      } finally {
        installCrds();
      }
      fixture.cloud().answers("T-60b", Answers.success("T-60b"));
      fixture.tasks().create("after", "T-60b");
      fixture.recorder().calm();

      // then
      awaitPhaseOrRestart(fixture, "after", "Succeeded");
    }
  }

  @Test
  @Tag("F61")
  void shouldReportTheVerdictWhenTheCrdIsStricterThanTheStatus() {
    try (OperatorFixture fixture = OperatorFixture.start(controlPlane, "stricter-crd")) {
      // given
      fixture.cloud().answers("T-1", Answers.running("T-1"));
      fixture.tasks().create("task", "T-1");
      fixture.tasks().awaitPhase("task", "Running", SOON);
      refuseTaskTypes(fixture, "task");
      try {
        // when
        fixture.cloud().answers("T-2", Answers.failed("T-2", "X", "x"));
        fixture.tasks().create("late", "T-2");

        // then
        fixture.tasks().awaitPhase("late", "Failed", SOON);
        await().atMost(SOON).until(() -> fixture.operator().output().contains("an older CRD"));
        fixture.cloud().answers("T-1", Answers.failed("T-1", "X", "x"));
        fixture.tasks().awaitPhase("task", "Failed", SOON);
      } finally {
        installCrds();
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
      fixture.tasks().awaitPhase("finished", "Succeeded", SOON);
      fixture.tasks().awaitPhase("running", "Running", SOON);
      fixture.operator().kill();

      // when
      addStatusField("newField");
      try {
        writeAsNewerOperator(fixture, "finished");
        writeAsNewerOperator(fixture, "running");
      } finally {
        installCrds();
      }
      fixture.operator().start();
      fixture.cloud().answers("T-2", Answers.failed("T-2", "X", "x"));
      fixture.recorder().calm();

      // then
      fixture.tasks().awaitPhase("running", "Failed", SOON);
      assertEquals("Succeeded", fixture.tasks().get("finished").get("status", "phase"));
      assertEquals(1, fixture.cloud().callCount("T-1"));
    }
  }

  private void deleteCrds() {
    controlPlane.kubectl("delete", "--timeout=60s", "-f", FILES).orThrow();
  }

  private void installCrds() {
    controlPlane.kubectl("apply", "-f", FILES).orThrow();
    controlPlane
        .kubectl("wait", "--for=condition=Established", "--timeout=60s", "-f", FILES)
        .orThrow();
    await().atMost(SOON).until(() -> controlPlane.kubectl("get", KINDS, "-A").exitCode() == 0);
  }

  private void addStatusField(String name) {
    String path = "/spec/versions/0/schema/openAPIV3Schema/properties/status/properties/" + name;
    String patch = "[{'op': 'add', 'path': '%s', 'value': {'type': 'string'}}]".formatted(path);
    controlPlane
        .kubectl("patch", "crd", CRD, "--type=json", "-p", patch.replace('\'', '"'))
        .orThrow();
  }

  /** Writes under the field manager of both versions, until the API server keeps the field. */
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

  /** Makes the schema stricter than the status, and waits until the API server applies it. */
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

  /** Restarts an operator that has exited, like the kubelet; that counts as recovery. */
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
