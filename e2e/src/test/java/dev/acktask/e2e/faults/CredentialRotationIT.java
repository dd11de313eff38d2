package dev.acktask.e2e.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorFixture;
import dev.acktask.simulator.signature.Credential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Catalogue F94 to F96: the access key in a mounted Secret changes while the operator runs. */
@OnControlPlane
class CredentialRotationIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  private final ControlPlane controlPlane;

  @TempDir Path volume;

  CredentialRotationIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @Test
  @Tag("F95")
  void shouldSignTheNextRequestWithTheReplacedKey() throws IOException {
    mount("1", "LTAI-first", "first-secret");
    try (OperatorFixture fixture = fixture("rotated-key")) {
      // given
      fixture.cloud().credentials(Credential.of("LTAI-first", "first-secret"));
      fixture.cloud().answers("T-1", Answers.running("T-1"));
      fixture.replica("operator").start();
      fixture.tasks().create("task", "T-1");
      awaitPhase(fixture.tasks(), "Running");

      // when
      mount("2", "LTAI-second", "second-secret");
      fixture.cloud().credentials(Credential.of("LTAI-second", "second-secret"));
      fixture.cloud().answers("T-1", Answers.success("T-1"));

      // then
      awaitPhase(fixture.tasks(), "Succeeded");
      List<Integer> refused =
          fixture.cloud().served("T-1").stream()
              .map(served -> served.status())
              .filter(status -> status != 200)
              .toList();
      assertTrue(refused.size() <= 1, refused::toString);
      assertTrue(fixture.operator().output().contains("The access key was replaced"));
    }
  }

  @Test
  @Tag("F96")
  @Tag("F94")
  void shouldPollNothingWithoutAKeyAndRecoverWhenItIsBack() throws IOException {
    mount("1", "LTAI-first", "first-secret");
    try (OperatorFixture fixture = fixture("lost-key")) {
      // given
      fixture.cloud().credentials(Credential.of("LTAI-first", "first-secret"));
      fixture.cloud().answers("T-1", Answers.running("T-1"));
      fixture.replica("operator").start();
      fixture.tasks().create("task", "T-1");
      awaitPhase(fixture.tasks(), "Running");

      // when
      mount("2", "", "first-secret");

      // then
      await()
          .atMost(SOON)
          .until(() -> fixture.tasks().get("task").toString().contains("CredentialsMissing"));
      String object = fixture.tasks().get("task").toString();
      assertTrue(object.contains(volume.resolve("accessKeyId").toString()), object);
      int requests = fixture.cloud().callCount("T-1");
      await()
          .during(OperatorFixture.POLL_INTERVAL.multipliedBy(3))
          .atMost(SOON)
          .until(() -> fixture.cloud().callCount("T-1") == requests);

      // when
      fixture.cloud().answers("T-1", Answers.success("T-1"));
      mount("3", "LTAI-first\n", "first-secret\n");

      // then
      awaitPhase(fixture.tasks(), "Succeeded");
      assertEquals(requests + 1, fixture.cloud().callCount("T-1"));
    }
  }

  private OperatorFixture fixture(String prefix) {
    return OperatorFixture.prepare(
        controlPlane,
        prefix,
        Map.of(
            "ALIBABA_CLOUD_ACCESS_KEY_ID", "",
            "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "",
            "ACKTASK_CREDENTIALS_DIR", volume.toString()));
  }

  private static void awaitPhase(AckTasks tasks, String phase) {
    await().atMost(SOON).until(() -> phase.equals(tasks.get("task").get("status", "phase")));
  }

  /** Like the kubelet: writes a new directory and renames the link to it. */
  private void mount(String version, String id, String secret) throws IOException {
    Path data = Files.createDirectory(volume.resolve("..2026_" + version));
    Files.writeString(data.resolve("accessKeyId"), id);
    Files.writeString(data.resolve("accessKeySecret"), secret);
    for (String name : List.of("accessKeyId", "accessKeySecret")) {
      if (!Files.isSymbolicLink(volume.resolve(name))) {
        Files.createSymbolicLink(volume.resolve(name), Path.of("..data", name));
      }
    }
    Path next = Files.createSymbolicLink(volume.resolve("..data_tmp"), data.getFileName());
    Files.move(
        next,
        volume.resolve("..data"),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
  }
}
