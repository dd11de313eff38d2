package dev.acktask.e2e.cluster;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The control plane itself; all other tests depend on it. */
@OnControlPlane
class ControlPlaneIT {
  private final ControlPlane controlPlane;

  ControlPlaneIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @Test
  void shouldBeTheServiceAccountWhenItsKubeconfigIsUsed() {
    // given
    Path kubeconfig = controlPlane.kubeconfigFor("acktask-system", "acktask-operator");

    // when
    CommandResult whoAmI =
        controlPlane
            .kubectlAs(kubeconfig)
            .run("auth", "whoami", "-o", "jsonpath={.status.userInfo.username}");

    // then
    assertEquals(
        "system:serviceaccount:acktask-system:acktask-operator", whoAmI.orThrow(), whoAmI::stderr);
  }

  @Test
  void shouldRefuseClientsThatDoNotTrustOurAuthority() {
    // when
    CommandResult result =
        controlPlane.kubectl(
            "version", "--certificate-authority=/dev/null", "--request-timeout=5s");

    // then
    assertNotEquals(0, result.exitCode(), result::toString);
  }

  @Test
  void shouldKeepAddressAndObjectsWhenTheApiServerIsKilledAndStarted() {
    // given
    String namespace = controlPlane.createNamespace("restart");
    long before = controlPlane.apiServer().pid();

    // when
    controlPlane.apiServer().kill();
    assertNotEquals(
        0, controlPlane.kubectl("get", "ns", namespace, "--request-timeout=5s").exitCode());
    controlPlane.apiServer().start();

    // then
    assertNotEquals(before, controlPlane.apiServer().pid());
    assertEquals(0, controlPlane.kubectl("get", "ns", namespace).exitCode());
  }

  @Test
  void shouldEndByItselfWhenTheApiServerIsStopped() {
    // when
    int code = controlPlane.apiServer().stop(Duration.ofSeconds(90));

    // then
    assertEquals(0, code);
  }

  @Test
  void shouldAnswerAgainWhenEtcdIsThawed() {
    // given
    String namespace = controlPlane.createNamespace("frozen");
    controlPlane.etcd().freeze();

    // when
    CommandResult frozen =
        controlPlane.kubectl("label", "ns", namespace, "a=b", "--request-timeout=2s");
    controlPlane.etcd().thaw();

    // then
    assertNotEquals(0, frozen.exitCode(), frozen::toString);
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> controlPlane.kubectl("get", "ns", namespace).exitCode() == 0);
  }

  @Test
  void shouldEndNamespacesWhenTheControllerManagerRuns() {
    // given
    assumeTrue(controlPlane.controllerManager().isPresent(), "no controller manager");
    String namespace = controlPlane.createNamespace("ending");

    // when
    CommandResult deleted = controlPlane.kubectl("delete", "ns", namespace, "--timeout=60s");

    // then
    assertEquals(0, deleted.exitCode(), deleted::toString);
  }

  @Test
  void shouldKillWhatItWatchesWhenTheReaperIsClosed() throws Exception {
    // given
    ProcessReaper reaper = new ProcessReaper();
    Process kept = new ProcessBuilder("sleep", "600").start();
    Process watched = new ProcessBuilder("sleep", "600").start();
    reaper.watch(kept.pid());
    reaper.watch(watched.pid());
    reaper.forget(kept.pid());

    // when
    reaper.close();

    // then
    watched.waitFor();
    assertTrue(kept.isAlive());
    kept.destroyForcibly();
  }

  @Test
  void shouldEndAtOnceWhenWhatItForgetsIsNotWatched() throws Exception {
    // given
    ProcessReaper reaper = new ProcessReaper();
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    reaper.watch(gone.pid());

    // when
    for (int i = 0; i < 60; i++) {
      reaper.forget(gone.pid());
    }

    // then
    assertDoesNotThrow(reaper::close);
  }
}
