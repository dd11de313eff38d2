package dev.acktask.operator.connection.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acktask.operator.api.v1alpha1.AckConnection;
import dev.acktask.operator.api.v1alpha1.ClusterAckConnection;
import dev.acktask.operator.api.v1alpha1.ConnectionRef;
import dev.acktask.operator.api.v1alpha1.ConnectionSpec;
import dev.acktask.operator.api.v1alpha1.ConnectionStatus;
import dev.acktask.operator.connection.ConnectionKey;
import dev.acktask.operator.connection.FakeConnections;
import dev.acktask.operator.connection.Resolution;
import dev.acktask.operator.controller.FakeTaskClient;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.Cache;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Objects of connections reach the resolver, and none that is outdated. */
final class ConnectionEventSourceTest {
  private final FakeConnections connections =
      new FakeConnections(key -> new FakeTaskClient(), 60, () -> 0);
  private final ConnectionEventSource<AckConnection> events =
      new ConnectionEventSource<>(connections.resolver());

  @Test
  void shouldTakeInACreatedObject() {
    events.onResourceCreated(connection(1, false));

    assertEquals("usable", state());
  }

  @Test
  void shouldTakeInAnEditedObject() {
    events.onResourceCreated(connection(1, false));

    events.onResourceUpdated(connection(2, true), connection(1, false));

    assertEquals("CONNECTION_SUSPENDED", state());
  }

  @Test
  void shouldForgetADeletedObject() {
    events.onResourceCreated(connection(1, false));

    events.onResourceDeleted(connection(1, false));

    assertEquals("CONNECTION_NOT_FOUND", state());
  }

  /** It is not one of a namespace, whatever its name is. */
  @Test
  void shouldTakeInAnObjectOfTheCluster() {
    ClusterAckConnection cluster = of(new ClusterAckConnection(), null, 1, false);

    new ConnectionEventSource<ClusterAckConnection>(connections.resolver())
        .onResourceCreated(cluster);

    assertEquals(ConnectionKey.cluster("production"), ConnectionEventSource.key(cluster));
    assertEquals("usable", state(new ConnectionRef(ClusterAckConnection.KIND, "production")));
    assertEquals("CONNECTION_NOT_FOUND", state());
  }

  @Test
  void shouldTakeInAnObjectWithoutASpecAsInvalid() {
    AckConnection empty = connection(1, false);
    empty.setSpec(null);

    events.onResourceCreated(empty);

    assertEquals("CONNECTION_INVALID", state());
  }

  @Test
  void shouldContinueAfterAnObjectThatCannotBeRead() {
    events.onResourceCreated(new AckConnection());
    events.onResourceDeleted(new AckConnection());

    events.onResourceCreated(connection(1, false));

    assertEquals("usable", state());
  }

  @Test
  void shouldTakeInAllObjectsOfTheCache() {
    events.putAll(cache(connection(1, false)));

    assertEquals("usable", state());
  }

  /** The event of the edit came after the object was read, and before it was taken in. */
  @Test
  void shouldNotReplaceAnObjectByItsOlderVersionFromTheCache() {
    AckConnection edited = connection(2, true);
    events.onResourceUpdated(edited, connection(1, false));

    events.putAll(cache(connection(1, false), edited));

    assertEquals("CONNECTION_SUSPENDED", state());
  }

  @Test
  void shouldNotBringBackADeletedObjectFromTheCache() {
    events.onResourceDeleted(connection(1, false));

    events.putAll(cache(connection(1, false), null));

    assertEquals("CONNECTION_NOT_FOUND", state());
  }

  private String state() {
    return state(new ConnectionRef(AckConnection.KIND, "production"));
  }

  /** How an AckTask of the namespace is resolved. */
  private String state(ConnectionRef ref) {
    return switch (connections.resolver().resolve("team-a", ref)) {
      case Resolution.Resolved resolved -> "usable";
      case Resolution.Unresolved unresolved -> unresolved.cause().cause().name();
    };
  }

  private static AckConnection connection(long generation, boolean suspend) {
    return of(new AckConnection(), "team-a", generation, suspend);
  }

  private static <R extends CustomResource<ConnectionSpec, ConnectionStatus>> R of(
      R object, String namespace, long generation, boolean suspend) {
    object.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(namespace)
            .withName("production")
            .withUid("uid")
            .withGeneration(generation)
            .withResourceVersion("v" + generation)
            .build());
    object.setSpec(ConnectionSpec.builder().regionId("cn-hangzhou").suspend(suspend).build());
    return object;
  }

  /** A cache with one object, which has the next version at each read; null once it is deleted. */
  private static Cache<AckConnection> cache(AckConnection... versions) {
    Deque<Optional<AckConnection>> reads =
        new ArrayDeque<>(Arrays.stream(versions).map(Optional::ofNullable).toList());
    return new Cache<>() {
      @Override
      public Optional<AckConnection> get(ResourceID id) {
        return reads.size() > 1 ? reads.remove() : reads.element();
      }

      @Override
      public Stream<ResourceID> keys() {
        return Stream.of(new ResourceID("production", "team-a"));
      }

      @Override
      public Stream<AckConnection> list(Predicate<AckConnection> predicate) {
        return reads.remove().stream().filter(predicate);
      }
    };
  }
}
