package dev.acktask.e2e.examples;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.cluster.CommandResult;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.Kubectl;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of two accounts and three teams, applied as written, with an operator. */
@OnControlPlane
class TwoAccountsIT {
  private static final Path FOLDER = Manifests.EXAMPLES.resolve("08-two-accounts-three-teams");
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String TASK_OF_SHOP = "T-000000000000000000000811";
  private static final String TASK_OF_DATA = "T-000000000000000000000821";

  private static ControlPlane controlPlane;
  private static OperatorFixture fixture;

  @BeforeAll
  static void apply(ControlPlane started, @TempDir Path scratch) throws IOException {
    controlPlane = started;
    fixture = OperatorFixture.prepare(controlPlane, "two-accounts");
    for (String team : List.of("shop", "payments", "data")) {
      fixture.alsoWatch(team);
      fixture.recorder().alsoRecord(team);
    }
    fixture.cloud().configure(AccountsFile.load(quick(scratch)));
    for (String secret : List.of("exampleSecretOfShop", "exampleSecretOfOperator")) {
      fixture.recorder().plant(secret);
    }
    controlPlane.kubectl("apply", "-f", FOLDER.toString()).orThrow();
    operator().start();
  }

  @AfterAll
  static void delete() {
    try {
      if (fixture != null) {
        fixture.close();
      }
    } finally {
      controlPlane.kubectl("delete", "--wait=false", "-f", FOLDER.toString());
    }
  }

  @Test
  void shouldReachTheVerdictOfEachTeamInItsAccount() {
    tasks("shop").awaitPhase("upgrade-cluster", "Succeeded", SOON);
    tasks("payments").awaitPhase("upgrade-pool", "Failed", SOON);
    tasks("data").awaitPhase("scale-out", "Succeeded", SOON);

    assertEquals(
        Map.of(
            "kind", "AckConnection",
            "namespace", "payments",
            "name", "production",
            "regionId", "cn-hangzhou"),
        tasks("payments").get("upgrade-pool").get("status", "connection"));
    assertEquals(
        Map.of("kind", "ClusterAckConnection", "name", "data", "regionId", "eu-central-1"),
        tasks("data").get("scale-out").get("status", "connection"));
  }

  @Test
  void shouldMirrorNothingOfAnotherTeamsTask() {
    tasks("payments")
        .create(
            "of-shop",
            Map.of("taskId", TASK_OF_SHOP, "connectionRef", ref("AckConnection", "production")));

    awaitCause("of-shop", "ClusterNotAllowed");
    assertMirrorsNothing("of-shop");
  }

  @Test
  void shouldRefuseTheClusterConnectionOfAnotherTeam() {
    tasks("payments")
        .create(
            "of-data",
            Map.of("taskId", TASK_OF_DATA, "connectionRef", ref("ClusterAckConnection", "data")));

    awaitCause("of-data", "ConnectionNotAllowed");
    assertMirrorsNothing("of-data");
  }

  @Test
  void shouldReadNoSecretOfAnotherTeam() throws IOException {
    // given: a connection that names the Secret of team shop
    GenericKubernetesResource connection =
        Manifests.read(FOLDER.resolve("shop.yaml")).stream()
            .filter(object -> object.getKind().equals("AckConnection"))
            .findFirst()
            .orElseThrow();
    connection.getMetadata().setNamespace("payments");
    connection.getMetadata().setName("stolen");
    controlPlane.admin().resource(connection).create();

    // when
    tasks("payments")
        .create(
            "stolen",
            Map.of("taskId", TASK_OF_SHOP, "connectionRef", ref("AckConnection", "stolen")));

    // then
    awaitCause("stolen", "CredentialsMissing");
    assertMirrorsNothing("stolen");
  }

  @Test
  void shouldUseNoAccountWithoutAReference() {
    tasks("payments").create("without", TASK_OF_SHOP);

    awaitCause("without", "ConnectionNotFound");
    assertMirrorsNothing("without");
  }

  @Test
  void shouldLetEachPipelineReadItsOwnNamespaceOnly() {
    Kubectl pipeline = controlPlane.kubectlAs(controlPlane.kubeconfigFor("payments", "pipeline"));

    String own = pipeline.run("get", "acktasks", "-n", "payments").orThrow();
    assertTrue(own.contains("upgrade-pool"), own);
    for (String kind : List.of("acktasks", "ackconnections", "secrets")) {
      CommandResult refused = pipeline.run("get", kind, "-n", "shop");
      assertTrue(refused.stderr().contains("Forbidden"), refused::toString);
      assertFalse(refused.stdout().contains("upgrade"), refused::toString);
    }
  }

  /** The accounts of the rehearsal, with tasks that take seconds. */
  private static Path quick(Path scratch) throws IOException {
    String accounts = Files.readString(FOLDER.resolve("rehearsal/accounts.yaml"));
    assertTrue(accounts.contains("at: 1m"), accounts);
    return Files.writeString(
        scratch.resolve("accounts.yaml"), accounts.replace("at: 1m", "at: 3s"));
  }

  private static OperatorProcess operator() {
    Map<String, String> settings =
        new HashMap<>(RegionSettings.of(fixture.cloud(), List.of("cn-hangzhou", "eu-central-1")));
    settings.put("ACKTASK_DEFAULT_REGION", "");
    settings.put("ALIBABA_CLOUD_ACCESS_KEY_ID", "exampleKeyOfOperator");
    settings.put("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "exampleSecretOfOperator");
    return fixture.replica(
        "operator",
        controlPlane.kubeconfigFor(
            OperatorFixture.OPERATOR_NAMESPACE, OperatorFixture.OPERATOR_ACCOUNT),
        settings);
  }

  private static AckTasks tasks(String namespace) {
    return new AckTasks(controlPlane.admin(), namespace);
  }

  private static Map<String, String> ref(String kind, String name) {
    return Map.of("kind", kind, "name", name);
  }

  private static void awaitCause(String name, String reason) {
    await()
        .atMost(SOON)
        .until(() -> reason.equals(AckTasks.reason(tasks("payments").get(name), "Synced")));
  }

  private static void assertMirrorsNothing(String name) {
    GenericKubernetesResource task = tasks("payments").get(name);
    assertEquals("Pending", task.get("status", "phase"));
    for (String field : List.of("taskType", "state", "clusterId", "startTime")) {
      assertNull(task.get("status", field), field);
    }
  }
}
