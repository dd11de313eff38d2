package dev.acktask.e2e.examples;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.operator.OperatorFixture;
import dev.acktask.e2e.operator.OperatorProcess;
import dev.acktask.e2e.operator.RegionSettings;
import dev.acktask.simulator.account.AccountsFile;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The example of all clusters of a region, applied as written, with an operator. */
@OnControlPlane
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AllClustersIT {
  private static final Path FOLDER = Manifests.EXAMPLES.resolve("09-all-clusters-of-a-region");
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String RIGHTS = "e2e-all-clusters";
  private static final String NOTHING_LEFT_OUT = "{\"spec\": {\"types\": {\"exclude\": []}}}";
  private static final String FAILED = "t-000000000000000000000913";

  private static ControlPlane controlPlane;
  private static OperatorFixture fixture;
  private static AckTasks tasks;

  @BeforeAll
  static void apply(ControlPlane started, @TempDir Path scratch) throws IOException {
    controlPlane = started;
    fixture = OperatorFixture.prepare(controlPlane, "all-clusters");
    fixture.alsoWatch("ack");
    fixture.recorder().alsoRecord("ack");
    fixture.recorder().plant("exampleSecretOfOperator");
    tasks = new AckTasks(controlPlane.admin(), "ack");
    String accounts = Files.readString(FOLDER.resolve("rehearsal/accounts.yaml"));
    fixture
        .cloud()
        .configure(
            AccountsFile.load(
                Files.writeString(
                    scratch.resolve("accounts.yaml"), accounts.replace("at: 1m", "at: 5s"))));
    grant();
    controlPlane.kubectl("apply", "-f", FOLDER.toString()).orThrow();
    // Counted only minutes after the CRD has come, and until then nothing can be created.
    controlPlane.kubectl("delete", "resourcequota", "--all", "-n", "ack").orThrow();
    operator("operator").start();
  }

  @AfterAll
  static void delete() {
    try {
      if (fixture != null) {
        fixture.close();
      }
    } finally {
      controlPlane.kubectl("delete", "clusterrole,clusterrolebinding", RIGHTS);
      controlPlane.kubectl("delete", "--wait=false", "-f", FOLDER.toString());
    }
  }

  @Test
  @Order(1)
  void shouldFillTheListByItself() {
    // when
    awaitPhase("t-000000000000000000000911", "Succeeded");
    awaitPhase("t-000000000000000000000912", "Failed");
    awaitPhase(FAILED, "Failed");
    awaitPhase("t-000000000000000000000914", "Succeeded");

    // then
    GenericKubernetesResource created = tasks.get(FAILED);
    assertEquals("T-000000000000000000000913", created.get("spec", "taskId"));
    assertEquals(259200, created.<Number>get("spec", "ttlSecondsAfterFinished").intValue());
    Map<String, String> labels = created.getMetadata().getLabels();
    assertEquals("all-clusters", labels.get("acktask.dev/discovered-by"));
    assertEquals("c00000000000000000000000000000902", labels.get("acktask.dev/cluster-id"));
    assertEquals("true", labels.get("example.com/found"));
    assertEquals(
        "Prune=false",
        created.getMetadata().getAnnotations().get("argocd.argoproj.io/sync-options"));
  }

  @Test
  @Order(2)
  void shouldReportWhatItDoes() {
    await()
        .atMost(SOON)
        .until(
            () ->
                controlPlane
                    .kubectl("get", "ackd", "-n", "ack", "--no-headers")
                    .orThrow()
                    .matches("all-clusters +3 +4 +True +\\w+ .*\\s*"));
  }

  @Test
  @Order(3)
  void shouldNotCreateAgainWhatWasDeletedByHand() {
    // given
    controlPlane.kubectl("delete", "acktask", "-n", "ack", FAILED).orThrow();
    fixture.operator().kill();

    // when
    operator("again").start();
    controlPlane
        .kubectl(
            "patch", "ackd", "-n", "ack", "all-clusters", "--type=merge", "-p", NOTHING_LEFT_OUT)
        .orThrow();
    awaitPhase("t-000000000000000000000915", "Succeeded");

    // then
    assertTrue(tasks.find(FAILED).isEmpty());
  }

  /** What the value discovery.enabled of the chart adds. */
  private static void grant() {
    controlPlane
        .kubectl(
            "create",
            "clusterrole",
            RIGHTS,
            "--verb=create,get,list,patch,watch,update",
            "--resource=acktasks.acktask.dev,acktaskdiscoveries.acktask.dev,"
                + "acktaskdiscoveries.acktask.dev/status")
        .orThrow();
    controlPlane
        .kubectl(
            "create",
            "clusterrolebinding",
            RIGHTS,
            "--clusterrole=" + RIGHTS,
            "--serviceaccount="
                + OperatorFixture.OPERATOR_NAMESPACE
                + ":"
                + OperatorFixture.OPERATOR_ACCOUNT)
        .orThrow();
  }

  /** The AckTask comes by itself: it may not exist yet. */
  private static void awaitPhase(String name, String phase) {
    await()
        .atMost(SOON)
        .until(
            () ->
                tasks
                    .find(name)
                    .map(task -> phase.equals(task.get("status", "phase")))
                    .orElse(false));
  }

  private static OperatorProcess operator(String name) {
    Map<String, String> settings =
        new HashMap<>(RegionSettings.of(fixture.cloud(), List.of("cn-hangzhou")));
    settings.put("ALIBABA_CLOUD_ACCESS_KEY_ID", "exampleKeyOfOperator");
    settings.put("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "exampleSecretOfOperator");
    return fixture.replica(
        name,
        controlPlane.kubeconfigFor(
            OperatorFixture.OPERATOR_NAMESPACE, OperatorFixture.OPERATOR_ACCOUNT),
        settings);
  }
}
