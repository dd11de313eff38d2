package dev.acktask.operator.connection.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckConnection;
import dev.acktask.operator.api.v1alpha1.ConnectionStatus;
import dev.acktask.operator.connection.ConnectionDecision;
import dev.acktask.operator.event.ObjectEvent;
import dev.acktask.operator.kubernetes.StatusStore;
import dev.acktask.operator.kubernetes.WriteResult;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;

final class ConnectionStatusWriterTest {
  private static final ObjectEvent EVENT = new ObjectEvent(true, "SecretNotFound", "m", "1");

  private final Queue<WriteResult> results = new ArrayDeque<>();
  private final List<String> written = new ArrayList<>();
  private final List<ObjectEvent> events = new ArrayList<>();
  private final List<String> decided = new ArrayList<>();
  private Optional<AckConnection> current = Optional.of(object("u", "2"));
  private boolean isLeader = true;

  private final ConnectionStatusWriter<AckConnection> writer =
      new ConnectionStatusWriter<>(
          new FakeStore(), (object, emitted) -> events.addAll(emitted), () -> isLeader);

  @Test
  void shouldWriteAndEmit() {
    assertTrue(write(object("u", "1")).isPresent());

    assertEquals(List.of("1"), written);
    assertEquals(List.of(EVENT), events);
  }

  @Test
  void shouldWriteNothingWhenTheStatusIsTheSame() {
    AckConnection object = object("u", "1");
    object.setStatus(status("1"));

    assertTrue(write(object).isPresent());

    assertEquals(List.of(), written);
    assertEquals(List.of(), events);
  }

  @Test
  void shouldDecideAgainOnTheFreshObjectAfterAConflict() {
    results.add(new WriteResult.Conflict());

    write(object("u", "1"));

    assertEquals(List.of("1", "2"), decided);
    assertEquals(List.of("1", "2"), written);
    assertEquals(List.of(EVENT), events);
  }

  @Test
  void shouldLeaveARecreatedObjectToItsOwnReconcile() {
    results.add(new WriteResult.Conflict());
    current = Optional.of(object("another", "2"));

    assertEquals(Optional.empty(), write(object("u", "1")));
    assertEquals(List.of("1"), written);
    assertEquals(List.of(), events);
  }

  @Test
  void shouldEndWhenTheObjectIsGone() {
    results.add(new WriteResult.NotFound());
    assertEquals(Optional.empty(), write(object("u", "1")));

    results.add(new WriteResult.Conflict());
    current = Optional.empty();
    assertEquals(Optional.empty(), write(object("u", "1")));
    assertEquals(List.of(), events);
  }

  @Test
  void shouldWriteNothingForAVersionThatIsNotKnownYet() {
    assertEquals(Optional.empty(), writer.write(object("u", "1"), object -> Optional.empty()));
    assertEquals(List.of(), written);
  }

  @Test
  void shouldFailWhenTheApiServerRefusesTheStatus() {
    KubernetesClientException refused = new KubernetesClientException("invalid", 422, null);
    results.add(new WriteResult.Invalid(refused));

    assertSame(
        refused, assertThrows(KubernetesClientException.class, () -> write(object("u", "1"))));
  }

  @Test
  void shouldFailWhenAnotherReplicaMayBeTheLeader() {
    isLeader = false;

    assertThrows(IllegalStateException.class, () -> write(object("u", "1")));
    assertEquals(List.of(), written);
  }

  @Test
  void shouldFailWhenTheObjectChangesWithoutEnd() {
    for (int i = 0; i < 100; i++) {
      results.add(new WriteResult.Conflict());
    }

    assertThrows(IllegalStateException.class, () -> write(object("u", "1")));
    assertTrue(written.size() <= 10, written::toString);
  }

  private Optional<ConnectionDecision> write(AckConnection object) {
    return writer.write(
        object,
        it -> {
          String version = it.getMetadata().getResourceVersion();
          decided.add(version);
          return Optional.of(new ConnectionDecision(status(version), List.of(EVENT), null));
        });
  }

  private static ConnectionStatus status(String account) {
    return new ConnectionStatus(1L, "Secret", account, null, List.of());
  }

  private static AckConnection object(String uid, String version) {
    AckConnection object = new AckConnection();
    object.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("shop")
            .withName("production")
            .withUid(uid)
            .withResourceVersion(version)
            .build());
    return object;
  }

  /** Answers with {@code results}, then accepts every write. */
  private final class FakeStore implements StatusStore<AckConnection, ConnectionStatus> {
    @Override
    public Optional<AckConnection> read(AckConnection object) {
      return current;
    }

    @Override
    public WriteResult write(AckConnection read, ConnectionStatus status) {
      written.add(read.getMetadata().getResourceVersion());
      return results.isEmpty() ? new WriteResult.Written() : results.remove();
    }
  }
}
