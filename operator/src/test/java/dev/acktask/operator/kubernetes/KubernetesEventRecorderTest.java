package dev.acktask.operator.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acktask.operator.api.v1alpha1.AckConnection;
import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTasks;
import dev.acktask.operator.api.v1alpha1.ClusterAckConnection;
import dev.acktask.operator.event.ObjectEvent;
import dev.acktask.operator.metrics.RecordingMetrics;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

final class KubernetesEventRecorderTest {
  private static final int CAPACITY = 150;
  private static final AckTask TASK = AckTasks.running().build();

  private final RecordingMetrics metrics = new RecordingMetrics();
  private final List<Event> written = new ArrayList<>();
  private final Queue<Runnable> queue = new ArrayDeque<>();
  private int refusal;
  private final KubernetesEventRecorder recorder =
      new KubernetesEventRecorder(this::create, this::enqueue, "test", Clock.systemUTC(), metrics);

  @Test
  void shouldDropNormalEventsBeforeTheQueueIsFull() {
    publish(false, 500);

    assertEquals(100, queue.size());
    assertEquals(400, metrics.droppedEvents.get());
  }

  @Test
  void shouldQueueWarningsBehindDroppedNormalEvents() {
    // given
    publish(false, 500);

    // when
    publish(true, 60);
    runAll();

    // then
    assertEquals(50, written.stream().filter(e -> e.getType().equals("Warning")).count());
    assertEquals(400 + 10, metrics.droppedEvents.get());
  }

  @Test
  void shouldQueueFurtherEventsOnceTheFirstAreWritten() {
    publish(false, 100);
    runAll();
    publish(false, 100);
    runAll();

    assertEquals(200, written.size());
    assertEquals(0, metrics.droppedEvents.get());
  }

  @Test
  void shouldKeepTheCapacityWhenTheQueueRefusesNormalEvents() {
    // given
    publish(true, CAPACITY);
    publish(false, 500);
    runAll();

    // when
    publish(false, 100);

    // then
    assertEquals(100, queue.size());
  }

  @Test
  void shouldCountARefusedEventAsDropped() {
    refusal = HttpURLConnection.HTTP_FORBIDDEN;

    publish(true, 1);
    runAll();

    assertEquals(1, metrics.droppedEvents.get());
  }

  @Test
  void shouldNotCountAnEventThatIsAlreadyWritten() {
    refusal = HttpURLConnection.HTTP_CONFLICT;

    publish(true, 1);
    runAll();

    assertEquals(0, metrics.droppedEvents.get());
  }

  @Test
  void shouldWriteEachEventToTheNamespaceOfItsObjectOrToDefault() {
    // given
    ClusterAckConnection shared = new ClusterAckConnection();
    shared.setMetadata(new ObjectMetaBuilder().withName("eu").withUid("u").build());
    AckConnection own = new AckConnection();
    own.setMetadata(
        new ObjectMetaBuilder().withNamespace("shop").withName("eu").withUid("v").build());

    // when
    recorder.publish(shared, List.of(new ObjectEvent(true, "SecretInvalid", "note", "")));
    recorder.publish(own, List.of(new ObjectEvent(true, "SecretInvalid", "note", "")));
    runAll();

    // then
    assertEquals(
        List.of("default/ClusterAckConnection", "shop/AckConnection"),
        written.stream()
            .map(it -> it.getMetadata().getNamespace() + "/" + it.getRegarding().getKind())
            .toList());
  }

  private void publish(boolean isWarning, int count) {
    for (int i = 0; i < count; i++) {
      recorder.publish(TASK, List.of(new ObjectEvent(isWarning, "StageChanged", "note", "" + i)));
    }
  }

  private void runAll() {
    while (!queue.isEmpty()) {
      queue.remove().run();
    }
  }

  private void create(Event event) {
    if (refusal != 0) {
      throw new KubernetesClientException("refused", refusal, null);
    }
    written.add(event);
  }

  private void enqueue(Runnable write) {
    if (queue.size() == CAPACITY) {
      throw new RejectedExecutionException();
    }
    queue.add(write);
  }
}
