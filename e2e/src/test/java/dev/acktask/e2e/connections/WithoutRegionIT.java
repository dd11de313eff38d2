package dev.acktask.e2e.connections;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorFixture;
import dev.acktask.simulator.account.AccessKey;
import dev.acktask.simulator.account.Account;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An operator without a built-in connection and without an identity. */
@OnControlPlane
class WithoutRegionIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String KEY = "shared-account-of-without-region";
  private static final String KEY_SECRET = "canary-secret-of-without-region";

  private final ControlPlane controlPlane;
  private OperatorFixture fixture;

  WithoutRegionIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @BeforeEach
  void start() {
    fixture =
        OperatorFixture.prepare(
            controlPlane,
            "without-region",
            Map.of(
                "ACKTASK_DEFAULT_REGION", "",
                "ALIBABA_CLOUD_ACCESS_KEY_ID", "",
                "ALIBABA_CLOUD_ACCESS_KEY_SECRET", ""));
    fixture.recorder().plant(KEY_SECRET);
    fixture.cloud().account(Account.DEFAULT_ID).putKey(AccessKey.of("LTAI-without", KEY_SECRET));
    fixture.replica("operator").start();
  }

  @AfterEach
  void close() {
    try {
      fixture.close();
    } finally {
      for (String kind : List.of("clusterackconnection", "rolebinding", "role", "secret")) {
        String name = kind.equals("clusterackconnection") ? "default" : KEY;
        inOperatorNamespace("delete", "--ignore-not-found", kind, name);
      }
    }
  }

  @Test
  void shouldSayWhatToDoAndPollOnceThereIsADefaultConnection() {
    // given
    AckTasks tasks = fixture.tasks();
    fixture.cloud().answers("T-1", Answers.running("T-1"));

    // when
    tasks.create("task", "T-1");

    // then
    await()
        .atMost(SOON)
        .until(() -> AckTasks.reason(tasks.get("task"), "Synced").equals("ConnectionNotFound"));
    String message = AckTasks.message(tasks.get("task"), "Synced");
    assertTrue(message.contains("There is no ClusterAckConnection default"), message);
    assertTrue(message.contains("set spec.connectionRef in a new AckTask"), message);
    assertEquals("Pending", tasks.phase("task"));
    assertEquals(List.of(), fixture.cloud().served());

    // when
    createDefaultConnection();

    // then
    tasks.awaitPhase("task", "Running", SOON);
    assertEquals(
        Map.of("kind", "ClusterAckConnection", "name", "default", "regionId", "cn-hangzhou"),
        tasks.get("task").get("status", "connection"));
  }

  /** With a Secret of the operator's namespace, which it may read by its name only. */
  private void createDefaultConnection() {
    inOperatorNamespace(
        "create",
        "secret",
        "generic",
        KEY,
        "--from-literal=accessKeyId=LTAI-without",
        "--from-literal=accessKeySecret=" + KEY_SECRET);
    inOperatorNamespace(
        "create", "role", KEY, "--verb=get", "--resource=secrets", "--resource-name=" + KEY);
    inOperatorNamespace(
        "create",
        "rolebinding",
        KEY,
        "--role=" + KEY,
        "--serviceaccount="
            + OperatorFixture.OPERATOR_NAMESPACE
            + ":"
            + OperatorFixture.OPERATOR_ACCOUNT);
    String connection =
        """
        apiVersion: acktask.dev/v1alpha1
        kind: ClusterAckConnection
        metadata: {name: default}
        spec:
          regionId: cn-hangzhou
          credentials: {secretRef: {name: %s}}
        """
            .formatted(KEY);
    controlPlane
        .admin()
        .load(new ByteArrayInputStream(connection.getBytes(StandardCharsets.UTF_8)))
        .create();
  }

  private void inOperatorNamespace(String... arguments) {
    String[] all = new String[arguments.length + 2];
    all[0] = "--namespace";
    all[1] = OperatorFixture.OPERATOR_NAMESPACE;
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    controlPlane.kubectl(all).orThrow();
  }
}
