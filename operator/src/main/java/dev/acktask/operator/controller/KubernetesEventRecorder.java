package dev.acktask.operator.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.decision.TaskEvent;
import dev.acktask.operator.metrics.OperatorMetrics;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes transitions as {@code events.k8s.io/v1} Events. The name of an Event is derived from its
 * content, so that a repetition, after a restart or by a second replica, creates no duplicate.
 */
public final class KubernetesEventRecorder implements EventRecorder {
  private static final Logger log = LoggerFactory.getLogger(KubernetesEventRecorder.class);
  private static final String CONTROLLER = "acktask.dev/acktask-operator";
  private static final DateTimeFormatter MICRO_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** Limit of the API server for {@code note}, bytes. */
  private static final int NOTE_LIMIT = 1024;

  /** Characters of the object's name that are used; Kubernetes allows 253 for the whole name. */
  private static final int NAME_LIMIT = 200;

  /** Queue capacity; further Events are dropped. */
  private static final int MAX_QUEUED_EVENTS = 1_000;

  private final KubernetesClient client;
  private final Executor executor;
  private final String instance;
  private final Clock clock;
  private final OperatorMetrics metrics;

  /**
   * @param executor runs the writes; may reject one when its queue is full
   * @param instance name of this replica, at most 128 characters
   */
  public KubernetesEventRecorder(
      KubernetesClient client,
      Executor executor,
      String instance,
      Clock clock,
      OperatorMetrics metrics) {
    this.client = client;
    this.executor = executor;
    this.instance = instance;
    this.clock = clock;
    this.metrics = metrics;
  }

  /** One daemon thread with a bounded queue. It rejects an Event rather than block a reconcile. */
  public static ExecutorService executor() {
    return new ThreadPoolExecutor(
        1,
        1,
        0,
        TimeUnit.SECONDS,
        new ArrayBlockingQueue<>(MAX_QUEUED_EVENTS),
        Thread.ofPlatform().daemon().name("events-", 1).factory());
  }

  @Override
  public void publish(AckTask task, List<TaskEvent> events) {
    for (TaskEvent event : events) {
      metrics.eventEmitted(event.reason());
      Event written = event(task, event);
      try {
        executor.execute(() -> create(written));
      } catch (RejectedExecutionException full) {
        log.atDebug().addKeyValue("reason", event.reason()).log("Event dropped, the queue is full");
      }
    }
  }

  private void create(Event event) {
    try {
      client.resource(event).create();
    } catch (KubernetesClientException refused) {
      if (refused.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        log.atDebug()
            .addKeyValue("reason", event.getReason())
            .addKeyValue("code", refused.getCode())
            .log("Event not written");
      }
    } catch (RuntimeException unexpected) {
      log.atDebug()
          .setCause(unexpected)
          .addKeyValue("reason", event.getReason())
          .log("Event not written");
    }
  }

  private Event event(AckTask task, TaskEvent event) {
    ObjectMeta meta = task.getMetadata();
    return new EventBuilder()
        .withNewMetadata()
        .withNamespace(meta.getNamespace())
        .withName(name(meta, event))
        .endMetadata()
        .withEventTime(new MicroTime(MICRO_TIME.format(clock.instant())))
        .withType(event.warning() ? "Warning" : "Normal")
        .withReason(event.reason())
        .withAction("Mirror")
        .withNote(bounded(event.note()))
        .withReportingController(CONTROLLER)
        .withReportingInstance(instance)
        .withRegarding(
            new ObjectReferenceBuilder()
                .withApiVersion(task.getApiVersion())
                .withKind(task.getKind())
                .withNamespace(meta.getNamespace())
                .withName(meta.getName())
                .withUid(meta.getUid())
                .withResourceVersion(meta.getResourceVersion())
                .build())
        .build();
  }

  /**
   * The truncated name of the object and a hash of the Event. A dot or dash at the end of the
   * truncated name is removed, because the API server would reject it before the next dot.
   */
  static String name(ObjectMeta meta, TaskEvent event) {
    String identity = String.join("\n", meta.getUid(), event.reason(), event.occurrence());
    UUID hash = UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8));
    String name = meta.getName();
    int end = Math.min(name.length(), NAME_LIMIT);
    while (end > 0 && !Character.isLetterOrDigit(name.charAt(end - 1))) {
      end--;
    }
    return name.substring(0, end) + "." + hash.toString().replace("-", "");
  }

  private static String bounded(String note) {
    String cut = note;
    while (cut.getBytes(StandardCharsets.UTF_8).length > NOTE_LIMIT) {
      cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
    }
    return cut;
  }
}
