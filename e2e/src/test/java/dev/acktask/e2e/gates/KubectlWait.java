package dev.acktask.e2e.gates;

import static org.awaitility.Awaitility.await;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.ManagedProcess;
import dev.acktask.e2e.cluster.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The recipes of the documentation for kubectl. */
record KubectlWait(ControlPlane controlPlane) implements GatingTool {
  private static final Duration SOON = Duration.ofSeconds(90);

  /** Of its log: it has read the object, and watches it. */
  private static final String HAS_READ = "Caches populated";

  /** It concludes from what it got in much less. */
  private static final Duration AFTERWARDS = Duration.ofSeconds(2);

  @Override
  public String title() {
    return "`kubectl wait`";
  }

  @Override
  public List<Verdict> judge(List<WrittenObject> objects) {
    List<ManagedProcess> first = new ArrayList<>();
    for (WrittenObject object : objects) {
      first.add(begin(object, object.settles() ? "Settled" : "Ready", "10m"));
    }
    List<Verdict> verdicts = new ArrayList<>();
    for (int i = 0; i < objects.size(); i++) {
      verdicts.add(verdict(objects.get(i), first.get(i)));
    }
    return verdicts;
  }

  private Verdict verdict(WrittenObject object, ManagedProcess first) {
    try (first) {
      await(object.toString())
          .atMost(SOON)
          .until(() -> !first.isAlive() || first.output().contains(HAS_READ));
      await(object.toString())
          .atMost(SOON)
          .until(
              () ->
                  !first.isAlive()
                      || System.currentTimeMillis() - first.log().toFile().lastModified()
                          > AFTERWARDS.toMillis());
      if (first.isAlive()) {
        return Verdict.WAITS;
      }
      if (!hasMet(object, first)) {
        return Verdict.FAILS;
      }
    }
    if (!object.settles()) {
      return Verdict.OPENS;
    }
    try (ManagedProcess second = begin(object, "Succeeded", "5s")) {
      return hasMet(object, second) ? Verdict.OPENS : Verdict.FAILS;
    }
  }

  private static boolean hasMet(WrittenObject object, ManagedProcess command) {
    if (command.awaitExit(SOON) == 0) {
      return true;
    }
    if (command.output().contains("timed out waiting for the condition")) {
      return false;
    }
    throw new IllegalStateException(object + ": " + command.output());
  }

  private ManagedProcess begin(WrittenObject object, String condition, String timeout) {
    String name = object.namespace() + "-" + object.reference().replace('/', '-') + "-" + condition;
    ManagedProcess process =
        controlPlane
            .kubectlAs(controlPlane.adminKubeconfig())
            .process(
                Settings.output().resolve("gates/kubectl").resolve(name + ".log"),
                controlPlane.reaper(),
                "wait",
                object.reference(),
                "--namespace=" + object.namespace(),
                "--for=condition=" + condition,
                "--timeout=" + timeout,
                "-v=6");
    process.launch();
    return process;
  }
}
