package dev.acktask.e2e.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the checker is given is what really happened. */
@OnControlPlane
class HistoryRecorderIT {
  private final ControlPlane controlPlane;
  private AckTasks tasks;
  private HistoryRecorder recorder;

  HistoryRecorderIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @BeforeEach
  void record() {
    tasks = new AckTasks(controlPlane.admin(), controlPlane.createNamespace("recorded"));
    recorder =
        new HistoryRecorder(
            controlPlane, tasks.namespace(), "admin", Bounds.undisturbed(Duration.ofSeconds(1)));
  }

  @AfterEach
  void stop() {
    recorder.close();
  }

  @Test
  void shouldRecordEveryVersionWhenAnObjectIsCreatedAndDeleted() {
    // when
    String created = revision(tasks.create("one", "T-1"));
    String written = revision(tasks.writeStatus("one", Map.of("phase", "Running")));
    String edited = revision(tasks.patchSpec("one", Map.of("pollInterval", "1m")));
    tasks.delete("one");

    // then
    List<ObjectVersion> versions = recorder.history().versions();
    assertEquals(
        List.of(created, written, edited),
        versions.stream().limit(3).map(version -> String.valueOf(version.revision())).toList());
    assertEquals(
        List.of(false, false, false, true), versions.stream().map(ObjectVersion::deleted).toList());
    assertEquals("Running", versions.get(3).status().path("phase").asText());
  }

  @Test
  void shouldMissNothingWhenTheServersAreKilled() {
    // given
    tasks.create("before", "T-1");
    controlPlane.apiServer().kill();
    controlPlane.etcd().kill();

    // when
    controlPlane.heal();
    tasks.create("after", "T-2");

    // then
    assertEquals(
        List.of("before", "after"),
        recorder.history().versions().stream()
            .map(version -> version.object().at("/metadata/name").asText())
            .toList());
  }

  @Test
  void shouldDistinguishWritesOfTheTestWhenTheyAreReported() {
    // given
    tasks.create("one", "T-1");
    Map<String, ?> success = Map.of("observedGeneration", 1, "phase", "Succeeded", "taskId", "T-1");

    // when
    String revision = revision(tasks.writeStatus("one", success));
    List<Violation> unreported = HistoryChecker.check(recorder.history());
    recorder.forged(revision);
    List<Violation> reported = HistoryChecker.check(recorder.history());

    // then
    assertTrue(
        unreported.stream().anyMatch(violation -> violation.invariant() == Invariant.S1),
        unreported::toString);
    assertEquals(List.of(), reported);
  }

  @Test
  void shouldRecordTheReadsOfTheOperatorWhenSecretsAreRead() {
    // when
    controlPlane.kubectl("get", "secret", "-n", tasks.namespace(), "keys");
    controlPlane.kubectl("get", "secrets", "-n", tasks.namespace());

    // then
    assertEquals(
        List.of(
            new SecretRead("get", tasks.namespace(), "keys"),
            new SecretRead("list", tasks.namespace(), "")),
        recorder.history().secrets().reads());
  }

  private static String revision(GenericKubernetesResource object) {
    return object.getMetadata().getResourceVersion();
  }
}
