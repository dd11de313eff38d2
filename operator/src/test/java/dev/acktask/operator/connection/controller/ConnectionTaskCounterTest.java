package dev.acktask.operator.connection.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckConnection;
import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTasks;
import dev.acktask.operator.api.v1alpha1.ClusterAckConnection;
import dev.acktask.operator.api.v1alpha1.ConnectionRef;
import dev.acktask.operator.api.v1alpha1.ConnectionStatus.Tasks;
import dev.acktask.operator.connection.ConnectionKey;
import dev.acktask.operator.connection.FakeConnections;
import dev.acktask.operator.task.TaskLookup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ConnectionTaskCounterTest {
  private static final ConnectionKey SHOP = ConnectionKey.namespaced("shop", "production");
  private static final ConnectionRef PRODUCTION =
      new ConnectionRef(AckConnection.KIND, "production");

  private final List<AckTask> tasks = new ArrayList<>();
  private final List<ConnectionKey> changed = new ArrayList<>();
  private long nanos = Long.MAX_VALUE - 1;
  private final FakeConnections connections =
      new FakeConnections(key -> task -> new TaskLookup.Unchanged(), 600, () -> nanos);
  private final ConnectionTaskCounter counter =
      new ConnectionTaskCounter(() -> tasks, connections.resolver(), () -> nanos);

  @BeforeEach
  void listen() {
    counter.onChange(changed::add);
    connections.create(SHOP);
  }

  @Test
  void shouldKnowNothingBeforeTheFirstCount() {
    assertEquals(Optional.empty(), counter.of(SHOP));
  }

  @Test
  void shouldReportAllConnectionsAfterTheFirstCount() {
    connections.create(ConnectionKey.cluster("eu"));

    counter.count();

    assertEquals(Set.of(SHOP, ConnectionKey.cluster("eu")), Set.copyOf(changed));
    assertEquals(Optional.of(new Tasks(0, 0)), counter.of(SHOP));
  }

  @Test
  void shouldCountFinishedAndSuspendedTasksToo() {
    add("shop", AckTasks.running(), PRODUCTION);
    add("shop", AckTasks.failed(), PRODUCTION);
    tasks.add(
        AckTasks.suspended()
            .namespace("shop")
            .name("s")
            .spec(AckTasks.spec().connectionRef(PRODUCTION).suspend(true).build())
            .build());

    counter.count();

    assertEquals(Optional.of(new Tasks(3, 2)), counter.of(SHOP));
  }

  @Test
  void shouldCountTasksOfASuspendedConnectionToo() {
    connections.suspend(SHOP);
    add("shop", AckTasks.running(), PRODUCTION);

    counter.count();

    assertEquals(Optional.of(new Tasks(1, 1)), counter.of(SHOP));
  }

  @Test
  void shouldCountTasksWithoutAReferenceForTheDefault() {
    connections.create(ConnectionKey.DEFAULT);
    add("shop", AckTasks.running(), null);

    counter.count();

    assertEquals(Optional.of(new Tasks(1, 1)), counter.of(ConnectionKey.DEFAULT));
    assertEquals(Optional.of(new Tasks(0, 0)), counter.of(SHOP));
  }

  @Test
  void shouldNotCountTasksOfANamespaceThatIsNotAllowed() {
    connections.restrict(ConnectionKey.cluster("eu"));
    add("shop", AckTasks.running(), new ConnectionRef(ClusterAckConnection.KIND, "eu"));

    counter.count();

    assertEquals(Optional.of(new Tasks(0, 0)), counter.of(ConnectionKey.cluster("eu")));
  }

  @Test
  void shouldNotCountTasksOfAnotherNamespace() {
    add("pay", AckTasks.running(), PRODUCTION);

    counter.count();

    assertEquals(Optional.of(new Tasks(0, 0)), counter.of(SHOP));
  }

  @Test
  void shouldPublishTheFirstChangeAtOnceAndTheNextAfterAMinute() {
    // given
    counter.count();
    changed.clear();

    // when
    add("shop", AckTasks.running(), PRODUCTION);
    counter.count();
    add("shop", AckTasks.running(), PRODUCTION);
    nanos += Duration.ofSeconds(59).toNanos();
    counter.count();

    // then
    assertEquals(List.of(SHOP), changed);
    assertEquals(Optional.of(new Tasks(1, 1)), counter.of(SHOP));
    nanos += Duration.ofSeconds(1).toNanos();
    counter.count();
    assertEquals(Optional.of(new Tasks(2, 2)), counter.of(SHOP));
  }

  @Test
  void shouldReportNothingWhenNothingChanged() {
    add("shop", AckTasks.running(), PRODUCTION);
    counter.count();
    changed.clear();

    nanos += Duration.ofHours(1).toNanos();
    counter.count();

    assertEquals(List.of(), changed);
  }

  @Test
  void shouldPublishAtMostOnceAMinuteWhenATaskComesAndGoes() {
    counter.count();
    changed.clear();

    for (int second = 0; second < 600; second += 15) {
      tasks.clear();
      if (second % 2 == 0) {
        add("shop", AckTasks.running(), PRODUCTION);
      }
      counter.count();
      nanos += Duration.ofSeconds(15).toNanos();
    }

    assertTrue(changed.size() <= 10, () -> changed.size() + " changes in ten minutes");
  }

  private void add(String namespace, AckTasks.Builder task, @Nullable ConnectionRef ref) {
    tasks.add(
        task.namespace(namespace)
            .name("t" + tasks.size())
            .spec(AckTasks.spec().connectionRef(ref).build())
            .build());
  }
}
