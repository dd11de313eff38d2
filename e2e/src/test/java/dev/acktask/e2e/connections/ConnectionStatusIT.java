package dev.acktask.e2e.connections;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.operator.Answers;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a connection reports from the calls for its tasks. */
@OnControlPlane
class ConnectionStatusIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  /** The numbers of tasks change at most once a minute. */
  private static final Duration TASKS_COUNTED = Duration.ofSeconds(90);

  private static final int TASKS = 30;

  private final ControlPlane controlPlane;
  private Teams teams;

  ConnectionStatusIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @BeforeEach
  void start() {
    teams = Teams.start(controlPlane, "connstatus");
  }

  @AfterEach
  void close() {
    teams.close();
  }

  @Test
  @Tag("F99")
  void shouldReportOneRefusedKeyOnceHoweverManyTasksUseIt() {
    // given
    String namespace = teams.tasks().namespace();
    teams.putSecret(
        teams.tasks(), Map.of("accessKeyId", "LTAI-unknown", "accessKeySecret", "canary-unknown"));
    teams.putConnection(teams.tasks(), "prod");
    ConnectionReady.await(controlPlane, namespace, "prod", "NotUsedYet");

    // when
    for (int i = 0; i < TASKS; i++) {
      teams.region(Teams.ACCOUNT_A).answers("T-" + i, Answers.running("T-" + i));
      teams.create(teams.tasks(), "t" + i, "T-" + i, "prod");
    }

    // then
    ConnectionReady ready =
        ConnectionReady.await(controlPlane, namespace, "prod", "CredentialsRefused");
    for (int i = 0; i < TASKS; i++) {
      Synced.await(teams.tasks(), "t" + i, "Unauthorized");
    }
    assertEquals("False", ready.status());
    await().atMost(SOON).until(() -> !events(namespace, "prod").isEmpty());
    assertEquals(List.of("CredentialsRefused"), events(namespace, "prod"));
    assertEquals(List.of(), events(namespace, "t0"));

    // when
    teams.putKey(teams.tasks(), Teams.ACCOUNT_A);

    // then
    ConnectionReady.await(controlPlane, namespace, "prod", "Answered");
    teams.tasks().awaitPhase("t0", "Running", SOON);
    await().atMost(SOON).until(() -> events(namespace, "prod").size() == 2);
    assertTrue(events(namespace, "prod").contains("ConnectionReady"));
    await().atMost(TASKS_COUNTED).until(() -> tasks(namespace, "prod").equals("30 of 30"));
  }

  @Test
  void shouldNameTheSecretThatIsMissing() {
    String namespace = teams.tasks().namespace();
    teams.putConnection(teams.tasks(), "prod");
    teams.create(teams.tasks(), "task", "T-1", "prod");

    ConnectionReady ready =
        ConnectionReady.await(controlPlane, namespace, "prod", "SecretNotFound");

    assertTrue(
        ready.message().contains("There is no Secret named key in namespace " + namespace),
        ready.message());
  }

  @Test
  void shouldReportAConnectionOfTheClusterByEventsInDefault() {
    // given
    teams.put(ConnectionYaml.cluster("status-it", Teams.REGION).withSecret("none"));

    // when
    teams.create(teams.tasks(), "task", "T-1", "ClusterAckConnection", "status-it");

    // then
    ConnectionReady.awaitInCluster(controlPlane, "status-it", "SecretNotFound");
    await().atMost(SOON).until(() -> !events("default", "status-it").isEmpty());
    assertEquals(List.of("SecretNotFound"), events("default", "status-it"));
  }

  @Test
  void shouldWriteNothingWhenTheOperatorIsStartedAgain() {
    // given
    String namespace = teams.tasks().namespace();
    teams.region(Teams.ACCOUNT_A).answers("T-1", Answers.success("T-1"));
    teams.putKey(teams.tasks(), Teams.ACCOUNT_A);
    teams.putConnection(teams.tasks(), "prod");
    teams.create(teams.tasks(), "task", "T-1", "prod");
    ConnectionReady.await(controlPlane, namespace, "prod", "Answered");
    await().atMost(TASKS_COUNTED).until(() -> tasks(namespace, "prod").equals("0 of 1"));
    String version = version(namespace, "prod");

    // when
    teams.operator().kill();
    teams.operator().start();
    teams.putConnection(teams.tasks(), "later");
    ConnectionReady.await(controlPlane, namespace, "later", "NotUsedYet");

    // then
    assertEquals(version, version(namespace, "prod"));
  }

  /** Reasons of the Events about the object with this name. */
  private List<String> events(String namespace, String name) {
    return controlPlane
        .admin()
        .events()
        .v1()
        .events()
        .inNamespace(namespace)
        .list()
        .getItems()
        .stream()
        .filter(event -> name.equals(event.getRegarding().getName()))
        .map(Event::getReason)
        .toList();
  }

  private String tasks(String namespace, String name) {
    return get(namespace, name, "{.status.tasks.unfinished} of {.status.tasks.total}");
  }

  private String version(String namespace, String name) {
    return get(namespace, name, "{.metadata.resourceVersion}");
  }

  private String get(String namespace, String name, String path) {
    return controlPlane
        .kubectl("-n", namespace, "get", "ackconnection", name, "-o", "jsonpath=" + path)
        .orThrow();
  }
}
