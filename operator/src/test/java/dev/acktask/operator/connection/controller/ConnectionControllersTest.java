package dev.acktask.operator.connection.controller;

import static dev.acktask.operator.connection.controller.RunningConnections.TIMEOUT;
import static dev.acktask.operator.connection.controller.RunningConnections.spec;
import static dev.acktask.operator.connection.controller.RunningConnections.version;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.acktask.operator.api.v1alpha1.AckConnection;
import dev.acktask.operator.api.v1alpha1.AckTasks;
import dev.acktask.operator.api.v1alpha1.ConnectionRef;
import dev.acktask.operator.api.v1alpha1.ConnectionSpec;
import dev.acktask.operator.api.v1alpha1.ConnectionStatus;
import dev.acktask.operator.api.v1alpha1.ConnectionStatus.Tasks;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Rejected;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The controllers of the connections in the real framework, with a mock API server. */
final class ConnectionControllersTest {
  private static final TaskLookup BAD_KEY =
      new Rejected(Refusal.UNAUTHORIZED, "The cloud does not know the access key.", null);

  private final RunningConnections running = new RunningConnections();

  @BeforeEach
  void start() {
    running.start();
  }

  @AfterEach
  void stop() {
    running.close();
  }

  @Test
  void shouldWriteTheFirstStatusOfBothKindsOnce() {
    // given
    running.create("production", spec().build());
    running.createInCluster("default");

    // when
    running.awaitReady("production", "NotUsedYet");
    running.awaitReadyInCluster("default", "NotUsedYet");

    // then
    assertEquals(2, running.server.statusWrites());
    assertEquals(ConnectionStatus.SECRET, running.connection("production").getStatus().identity());
    assertEquals(ConnectionStatus.ACCESS_KEY, running.inCluster("default").getStatus().identity());
    assertEquals(List.of("default", "production"), running.known());
  }

  @Test
  @Tag("F99")
  void shouldWriteOneStatusAndOneEventForAThousandRefusedTasks() {
    // given
    running.create("production", spec().build());
    running.awaitReady("production", "NotUsedYet");
    running.answers.put("production", BAD_KEY);

    // when
    running.poll("production", 1_000);
    running.awaitReady("production", "CredentialsRefused");
    await().atMost(TIMEOUT).until(() -> !running.events("shop").isEmpty());

    // then
    assertEquals(List.of("CredentialsRefused"), running.events("shop"));
    assertEquals(2, running.server.statusWrites());
    assertEquals(List.of("CredentialsRefused"), running.metrics.events);
  }

  @Test
  void shouldReportThatTheCloudAnswersAgain() {
    // given
    running.create("production", spec().build());
    running.answers.put(
        "production", new Rejected(Refusal.CREDENTIALS_MISSING, "There is no Secret.", null));
    running.poll("production", 1);
    running.awaitReady("production", "SecretNotFound");

    // when
    running.answers.put("production", new TaskLookup.Unchanged());
    running.poll("production", 1_000);
    running.awaitReady("production", "Answered");

    // then
    await().atMost(TIMEOUT).until(() -> running.events("shop").size() == 2);
    assertEquals(List.of("SecretNotFound", "ConnectionReady"), running.metrics.events);
  }

  @Test
  void shouldRecordTheEventsOfAClusterScopedObjectInDefault() {
    running.createInCluster("eu");
    running.answers.put("eu", BAD_KEY);
    running.pollInCluster("eu");
    running.awaitReadyInCluster("eu", "CredentialsRefused");
    await().atMost(TIMEOUT).until(() -> !running.events("default").isEmpty());

    assertEquals(List.of("CredentialsRefused"), running.events("default"));
  }

  @Test
  void shouldWriteNothingAfterARestart() {
    // given
    running.create("production", spec().build());
    running.poll("production", 1);
    running.awaitReady("production", "Answered");
    int writes = running.server.statusWrites();

    // when
    running.restart();
    running.create("other", spec().build());
    running.awaitReady("other", "NotUsedYet");

    // then
    assertEquals(writes + 1, running.server.statusWrites());
    assertEquals("Answered", RunningConnections.reason(running.connection("production")));
  }

  @Test
  void shouldFollowTheSpec() {
    // given
    running.create("production", spec().build());
    running.poll("production", 1);
    running.awaitReady("production", "Answered");

    // then
    edit("production", spec().suspend(true).build());
    running.awaitReady("production", "Suspended");
    edit("production", ConnectionSpec.NOTHING);
    running.awaitReady("production", "Invalid");
  }

  @Test
  void shouldReplaceAForeignStatusWhenItReconciles() {
    // given
    running.create("production", spec().build());
    running.poll("production", 1);
    running.awaitReady("production", "Answered");

    // when
    AckConnection forged = running.connection("production");
    forged.setStatus(new ConnectionStatus(7L, null, "1", null, List.of()));
    running.client.resource(forged).updateStatus();
    running.answers.put("production", BAD_KEY);
    running.poll("production", 1);

    // then
    running.awaitReady("production", "CredentialsRefused");
    assertNull(running.connection("production").getStatus().account());
  }

  @Test
  void shouldCountTheTasksOfAConnection() {
    running.create("production", spec().build());
    running.awaitReady("production", "NotUsedYet");
    countTwoTasks();
  }

  @Test
  void shouldNotReplaceTheNumbersBeforeTheTasksAreKnown() {
    // given
    running.create("production", spec().build());
    running.awaitReady("production", "NotUsedYet");
    countTwoTasks();

    // when
    running.restart();
    edit("production", spec().requestsPerMinute(60).build());

    // then
    await()
        .atMost(TIMEOUT)
        .until(() -> running.connection("production").getStatus().observedGeneration() == 2);
    assertEquals(new Tasks(2, 1), running.connection("production").getStatus().tasks());
  }

  @Test
  void shouldWriteNothingWhenAnotherReplicaMayBeTheLeader() {
    // given
    running.isLeader.set(false);
    running.create("production", spec().build());

    // when
    await().atMost(TIMEOUT).until(() -> running.metrics.failures.get() > 0);

    // then
    assertEquals(0, running.server.statusWrites());
    running.isLeader.set(true);
    running.awaitReady("production", "NotUsedYet"); // the framework retries
  }

  @Test
  void shouldKeepTheStatusOfOthersWhenAConnectionIsDeleted() {
    // given
    running.create("production", spec().build());
    running.create("other", spec().build());
    running.awaitReady("production", "NotUsedYet");
    running.awaitReady("other", "NotUsedYet");
    String version = version(running.connection("other"));

    // when
    running.client.resource(running.connection("production")).delete();
    await().atMost(TIMEOUT).until(() -> running.known().equals(List.of("other")));

    // then
    assertEquals(version, version(running.connection("other")));
  }

  /** Adds a running and a failed AckTask, and waits for the numbers in the status. */
  private void countTwoTasks() {
    ConnectionRef ref = new ConnectionRef(AckConnection.KIND, "production");
    running.tasks.add(
        AckTasks.running().name("a").spec(AckTasks.spec().connectionRef(ref).build()).build());
    running.tasks.add(
        AckTasks.failed().name("b").spec(AckTasks.spec().connectionRef(ref).build()).build());
    running.count();
    await()
        .atMost(TIMEOUT)
        .until(() -> new Tasks(2, 1).equals(running.connection("production").getStatus().tasks()));
  }

  private void edit(String name, ConnectionSpec spec) {
    running
        .client
        .resources(AckConnection.class)
        .inNamespace("shop")
        .withName(name)
        .edit(
            object -> {
              object.setSpec(spec);
              return object;
            });
  }
}
