package dev.acktask.e2e.demo;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.CommandResult;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.ManagedProcess;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.cluster.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The program that {@code ./demo.sh --cluster} starts after the build. */
@OnControlPlane
class DemoOnClusterIT {
  private static final Logger log = LoggerFactory.getLogger(DemoOnClusterIT.class);
  private static final Duration WHOLE_RUN = Duration.ofMinutes(3);

  @Test
  void shouldExitWithZeroWhenEveryTaskEndsAsScripted(ControlPlane controlPlane) {
    // given
    ManagedProcess demo = demo(controlPlane);
    String[] table = {""};

    // when
    int code;
    try (demo) {
      demo.launch();
      await()
          .atMost(WHOLE_RUN)
          .pollInterval(Duration.ofMillis(500))
          .until(
              () -> {
                CommandResult got = get(controlPlane);
                // The last one while a task still runs; the demo deletes its objects in the end.
                if (got.stdout().lines().count() == 7 && got.stdout().contains("Running")) {
                  table[0] = got.stdout();
                }
                return !demo.isAlive();
              });
      code = demo.awaitExit(WHOLE_RUN);
    }
    log.info("kubectl get acktasks:\n{}", table[0]);

    // then
    assertEquals(0, code, demo::output);
    assertTrue(demo.output().contains("Every task ended as its script says"), demo::output);
    assertTrue(table[0].startsWith("NAME"), table[0]);
    assertEquals(7, table[0].lines().count(), table[0]);
  }

  private static CommandResult get(ControlPlane controlPlane) {
    return controlPlane.kubectl("get", "acktasks", "--namespace", "acktask-demo");
  }

  private static ManagedProcess demo(ControlPlane controlPlane) {
    Path jar = Settings.repository().resolve("demo/target/acktask-demo.jar");
    return new ManagedProcess(
        "demo",
        List.of(
            "/bin/sh",
            "-c",
            // Like the script: from the root of the repository.
            "cd \"$0\" && exec \"$@\"",
            Settings.repository().toString(),
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-jar",
            jar.toString(),
            "--cluster"),
        Map.of("KUBECONFIG", controlPlane.adminKubeconfig().toString()),
        Settings.output().resolve("demo/demo.log"),
        controlPlane.reaper(),
        new ManagedProcess.Readiness(WHOLE_RUN, process -> true));
  }
}
