package dev.acktask.operator.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.decision.TaskEvent;
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
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes transitions as {@code events.k8s.io/v1} Events. The name of an Event follows from what it
 * tells, so that telling it again, after a restart or by a second replica, creates nothing.
 */
final class KubernetesEventPublisher implements EventPublisher {
  private static final Logger log = LoggerFactory.getLogger(KubernetesEventPublisher.class);
  private static final String CONTROLLER = "acktask.dev/acktask-operator";
  private static final DateTimeFormatter MICRO_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** Limit of the API server for {@code note}, bytes. */
  private static final int NOTE_LIMIT = 1024;

  /** UTF-16 units of an object's name; with the hash far below the 253 that Kubernetes allows. */
  private static final int NAME_LIMIT = 200;

  private final KubernetesClient client;
  private final Executor executor;
  private final String instance;
  private final Clock clock;

  /**
   * @param executor runs the writes; may refuse one when it is full
   * @param instance name of this replica, at most 128 characters
   */
  KubernetesEventPublisher(
      KubernetesClient client, Executor executor, String instance, Clock clock) {
    this.client = client;
    this.executor = executor;
    this.instance = instance;
    this.clock = clock;
  }

  @Override
  public void publish(AckTask task, List<TaskEvent> events) {
    for (TaskEvent event : events) {
      Event written = event(task, event);
      try {
        executor.execute(() -> create(written));
      } catch (RejectedExecutionException full) {
        log.atDebug()
            .addKeyValue("reason", event.reason())
            .log("Event dropped, too many are waiting");
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

  private Event event(AckTask task, TaskEvent told) {
    ObjectMeta meta = task.getMetadata();
    return new EventBuilder()
        .withNewMetadata()
        .withNamespace(meta.getNamespace())
        .withName(name(meta, told))
        .endMetadata()
        .withEventTime(new MicroTime(MICRO_TIME.format(clock.instant())))
        .withType(told.warning() ? "Warning" : "Normal")
        .withReason(told.reason())
        .withAction("Mirror")
        .withNote(bounded(told.note()))
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
   * The object's name, cut where it is long, and a hash of what the Event tells. The cut can leave
   * a dot or a dash at the end, before which and after which a letter or digit must stand.
   */
  static String name(ObjectMeta meta, TaskEvent told) {
    String identity = String.join("\n", meta.getUid(), told.reason(), told.occurrence());
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
