package dev.acktask.operator.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.controller.FakeTaskClient;
import dev.acktask.operator.task.AnswerDigest;
import dev.acktask.operator.task.TaskInfo;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import dev.acktask.operator.task.TaskRef;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConnectionTest {
  private static final TaskRef TASK = new TaskRef("T-1");

  private final FakeTaskClient cloud = new FakeTaskClient();
  private long nanos = Long.MAX_VALUE - 1;

  @ParameterizedTest
  @ValueSource(strings = {"c1", " c1\n"})
  void shouldReturnATaskOfAnAllowedCluster(String cluster) {
    cloud.answer(task -> found(cluster));

    assertInstanceOf(TaskLookup.Found.class, allowing("c2", "c1").describe(TASK, null));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"c3", "", " ", "C1", "c1c2"})
  void shouldReturnNothingOfATaskOfAnotherOrUnknownCluster(String cluster) {
    cloud.answer(task -> found(cluster));

    TaskLookup lookup = allowing("c1", "c2").describe(TASK, null);

    TaskLookup.Rejected rejected = assertInstanceOf(TaskLookup.Rejected.class, lookup);
    assertEquals(Refusal.CLUSTER_NOT_ALLOWED, rejected.cause());
    assertFalse(lookup.toString().contains("secret-type"), lookup.toString());
    assertEquals("request-1", rejected.requestId());
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = "c3")
  void shouldReturnATaskOfAnyClusterWithoutARule(String cluster) {
    cloud.answer(task -> found(cluster));

    assertInstanceOf(TaskLookup.Found.class, allowing().describe(TASK, null));
  }

  @Test
  void shouldReturnEveryFailureAsItIs() {
    TaskLookup missing = new TaskLookup.NotFound("No such task.", null);
    cloud.answer(task -> missing);

    assertSame(missing, allowing("c1").describe(TASK, null));
  }

  @Test
  void shouldPassTheDigestOfTheLastAnswer() {
    Connection connection = allowing();
    AnswerDigest digest = ((TaskLookup.Found) connection.describe(TASK, null)).digest();

    assertInstanceOf(TaskLookup.Unchanged.class, connection.describe(TASK, digest));
  }

  @ParameterizedTest
  @CsvSource({"40,40", ",2"})
  @Tag("F40")
  void shouldPauseOnlyItselfWhenItIsThrottled(Long retryAfter, long pause) {
    // given
    Connection throttled = allowing();
    Connection other = allowing();
    Duration requested = retryAfter == null ? null : Duration.ofSeconds(retryAfter);
    cloud.answer(task -> new TaskLookup.Throttled("Slower.", requested, null));

    // when
    throttled.describe(TASK, null);

    // then
    assertEquals(Duration.ofSeconds(pause), throttled.tryAcquire());
    assertEquals(Duration.ZERO, other.tryAcquire());
  }

  @Test
  void shouldHaveAnotherIdForAnotherKindNameOrVersion() {
    List<String> ids =
        List.of(
            id(ConnectionKey.BUILT_IN, ""),
            id(ConnectionKey.cluster("a"), "1"),
            id(ConnectionKey.cluster("a"), "2"),
            id(ConnectionKey.cluster("b"), "1"),
            id(ConnectionKey.namespaced("b", "a"), "1"),
            id(ConnectionKey.namespaced("a", "b"), "1"));

    assertEquals(6, Set.copyOf(ids).size());
    assertEquals(id(ConnectionKey.cluster("a"), "1"), ids.get(1));
  }

  @Test
  void shouldNameKindNamespaceNameAndRegionInTheStatus() {
    assertEquals(
        new AckTaskStatus.Connection("AckConnection", "team-a", "production", Connections.REGION),
        of(ConnectionKey.namespaced("team-a", "production"), "1").source());
  }

  @Test
  void shouldLeaveOutOfTheStatusWhatItDoesNotHave() {
    AckTaskStatus.Connection cluster = of(ConnectionKey.DEFAULT, "1").source();
    AckTaskStatus.Connection builtIn = of(ConnectionKey.BUILT_IN, "").source();

    assertEquals("ClusterAckConnection", cluster.kind());
    assertNull(cluster.namespace());
    assertEquals("BuiltIn", builtIn.kind());
    assertNull(builtIn.name());
  }

  private Connection allowing(String... clusters) {
    return Connections.allowing(Set.of(clusters), cloud, budget(), () -> nanos);
  }

  private Connection of(ConnectionKey key, String version) {
    return Connections.of(key, version, cloud, budget(), () -> nanos);
  }

  private String id(ConnectionKey key, String version) {
    return of(key, version).id();
  }

  private RequestBudget budget() {
    return new RequestBudget(60, 1, () -> nanos);
  }

  private static TaskLookup found(String cluster) {
    TaskInfo task =
        TaskInfo.builder(TASK.taskId(), "running")
            .taskType("secret-type")
            .clusterId(cluster)
            .omitted(TaskInfo.Omitted.NONE)
            .build();
    return new TaskLookup.Found(task, "request-1");
  }
}
