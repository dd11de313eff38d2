package dev.acktask.e2e.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.Rig;
import dev.acktask.simulator.signature.Credential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
  void f95ShouldSignTheNextRequestWithTheReplacedKey() throws IOException {
    mount("1", "LTAI-first", "first-secret");
    try (Rig rig = rig("rotated-key")) {
      // given
      rig.cloud().credentials(Credential.of("LTAI-first", "first-secret"));
      rig.cloud().answers("T-1", Answers.running("T-1"));
      rig.replica("operator").start();
      rig.tasks().create("task", "T-1");
      awaitPhase(rig.tasks(), "Running");

      // when
      mount("2", "LTAI-second", "second-secret");
      rig.cloud().credentials(Credential.of("LTAI-second", "second-secret"));
      rig.cloud().answers("T-1", Answers.success("T-1"));

      // then
      awaitPhase(rig.tasks(), "Succeeded");
      List<Integer> refused =
          rig.cloud().served("T-1").stream()
              .map(served -> served.status())
              .filter(status -> status != 200)
              .toList();
      assertTrue(refused.size() <= 1, refused::toString);
      assertTrue(rig.operator().output().contains("The access key was replaced"));
    }
  }

  @Test
  void f94F96ShouldAskNothingWithoutAKeyAndRecoverWhenItIsBack() throws IOException {
    mount("1", "LTAI-first", "first-secret");
    try (Rig rig = rig("lost-key")) {
      // given
      rig.cloud().credentials(Credential.of("LTAI-first", "first-secret"));
      rig.cloud().answers("T-1", Answers.running("T-1"));
      rig.replica("operator").start();
      rig.tasks().create("task", "T-1");
      awaitPhase(rig.tasks(), "Running");

      // when
      mount("2", "", "first-secret");

      // then
      await()
          .atMost(SOON)
          .until(() -> rig.tasks().get("task").toString().contains("CredentialsMissing"));
      String object = rig.tasks().get("task").toString();
      assertTrue(object.contains(volume.resolve("accessKeyId").toString()), object);
      int requests = rig.cloud().callCount("T-1");
      await()
          .during(Rig.POLL_INTERVAL.multipliedBy(3))
          .atMost(SOON)
          .until(() -> rig.cloud().callCount("T-1") == requests);

      // when
      rig.cloud().answers("T-1", Answers.success("T-1"));
      mount("3", "LTAI-first\n", "first-secret\n");

      // then
      awaitPhase(rig.tasks(), "Succeeded");
      assertEquals(requests + 1, rig.cloud().callCount("T-1"));
    }
  }

  private Rig rig(String prefix) {
    return Rig.prepare(
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

  /** As the kubelet does: a new directory, and one rename of the link that leads there. */
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
