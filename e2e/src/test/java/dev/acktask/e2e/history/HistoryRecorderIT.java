package dev.acktask.e2e.history;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.simulator.Simulator;
import dev.acktask.simulator.script.ListedTask;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  @Test
  void shouldRecordAListAsNoPoll() throws Exception {
    // given
    try (Simulator cloud = Simulator.builder().withoutVerification().observer(recorder).start();
        HttpClient client = HttpClient.newHttpClient()) {
      cloud
          .account(Simulator.DEFAULT_ACCOUNT)
          .region("cn-hangzhou")
          .putListed("c1", ListedTask.builder("T-1", Instant.now()).build());

      // when
      URI list = cloud.endpoint().resolve("/clusters/c1/tasks");
      client.send(HttpRequest.newBuilder(list).build(), BodyHandlers.discarding());
      await().until(() -> recorder.lists("c1") == 1);
    }

    // then
    CloudCalls calls = recorder.history().calls();
    assertEquals(List.of(), calls.answers());
    assertEquals(Set.of("T-1"), calls.lists().get(0).taskIds());
  }

  @Test
  void shouldRecognizeAnObjectThatTheOperatorCreated(@TempDir Path folder) throws IOException {
    // given
    String manifest =
        """
        apiVersion: acktask.dev/v1alpha1
        kind: AckTask
        metadata: {name: created, namespace: %s}
        spec: {taskId: T-1}
        """
            .formatted(tasks.namespace());
    Path file = Files.writeString(folder.resolve("task.yaml"), manifest);

    // when
    controlPlane
        .kubectl("create", "--field-manager=acktask-operator", "-f", file.toString())
        .orThrow();

    // then
    assertTrue(
        HistoryChecker.check(recorder.history()).stream()
            .anyMatch(violation -> violation.what().contains("has no label")));
  }

  private static String revision(GenericKubernetesResource object) {
    return object.getMetadata().getResourceVersion();
  }
}
