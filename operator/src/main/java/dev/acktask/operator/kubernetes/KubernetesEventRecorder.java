package dev.acktask.operator.kubernetes;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.event.ObjectEvent;
import dev.acktask.operator.metrics.OperatorMetrics;
import dev.acktask.operator.ratelimit.RateLimiter;
import io.fabric8.kubernetes.api.model.HasMetadata;
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
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes transitions of all kinds of objects as {@code events.k8s.io/v1} Events. The name of an
 * Event is derived from its content, so that a repetition, after a restart or by a second replica,
 * creates no duplicate.
 */
public final class KubernetesEventRecorder implements EventRecorder {
  private static final Logger log = LoggerFactory.getLogger(KubernetesEventRecorder.class);
  private static final String CONTROLLER = "acktask.dev/acktask-operator";
  private static final DateTimeFormatter MICRO_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** As Kubernetes itself does; Events cannot be cluster-scoped. */
  private static final String NAMESPACE_OF_CLUSTER_SCOPE = "default";

  /** Limit of the API server for {@code note}, bytes. */
  private static final int NOTE_LIMIT = 1024;

  /** Characters of the object's name that are used; Kubernetes allows 253 for the whole name. */
  private static final int NAME_LIMIT = 200;

  /** Queue capacity; further Events are dropped. */
  private static final int MAX_QUEUED_EVENTS = 1_000;

  /** Of these, Events of type Normal: they must not displace Warnings, or delay them for long. */
  private static final int MAX_QUEUED_NORMAL_EVENTS = 100;

  /** Time for each Event, over all objects: a change of all tasks must not load the API server. */
  private static final Duration PACE = Duration.ofMillis(100);

  /** Events without delay after a quiet time. */
  private static final int BURST = 100;

  private final Consumer<Event> events;
  private final Executor executor;
  private final String instance;
  private final Clock clock;
  private final OperatorMetrics metrics;
  private final Semaphore normal = new Semaphore(MAX_QUEUED_NORMAL_EVENTS);

  /**
   * @param events creates an Event; throws {@link KubernetesClientException} when it is refused
   * @param executor runs the writes one after the other; may reject one when its queue is full
   * @param instance name of this replica, at most 128 characters
   */
  public KubernetesEventRecorder(
      Consumer<Event> events,
      Executor executor,
      String instance,
      Clock clock,
      OperatorMetrics metrics) {
    this.events = events;
    this.executor = executor;
    this.instance = instance;
    this.clock = clock;
    this.metrics = metrics;
  }

  /**
   * Writes to the API server, at most ten Events per second after a burst of a hundred. One daemon
   * thread with a bounded queue: it drops an Event rather than block a reconcile.
   */
  public static KubernetesEventRecorder of(
      KubernetesClient client, String instance, Clock clock, OperatorMetrics metrics) {
    RateLimiter limiter = new RateLimiter(PACE, BURST, System::nanoTime);
    Executor executor =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_QUEUED_EVENTS),
            Thread.ofPlatform().daemon().name("events-", 1).factory());
    return new KubernetesEventRecorder(
        event -> {
          awaitPermit(limiter);
          client.resource(event).create();
        },
        executor,
        instance,
        clock,
        metrics);
  }

  private static void awaitPermit(RateLimiter limiter) {
    Duration wait = limiter.tryAcquire();
    while (wait.isPositive()) {
      LockSupport.parkNanos(wait.toNanos());
      wait = limiter.tryAcquire();
    }
  }

  @Override
  public void publish(HasMetadata object, List<ObjectEvent> events) {
    for (ObjectEvent event : events) {
      metrics.eventEmitted(event.reason());
      if (!isQueued(object, event)) {
        metrics.eventDropped();
        log.atDebug().addKeyValue("reason", event.reason()).log("Event dropped, too many at once");
      }
    }
  }

  private boolean isQueued(HasMetadata object, ObjectEvent event) {
    if (event.warning()) {
      return enqueue(object, event, () -> {});
    }
    return normal.tryAcquire() && enqueue(object, event, normal::release);
  }

  /** False, after {@code release}, if the queue is full. */
  private boolean enqueue(HasMetadata object, ObjectEvent event, Runnable release) {
    Event written = event(object, event);
    try {
      executor.execute(
          () -> {
            release.run();
            create(written);
          });
      return true;
    } catch (RejectedExecutionException full) {
      release.run();
      return false;
    }
  }

  private void create(Event event) {
    try {
      events.accept(event);
    } catch (KubernetesClientException refused) {
      if (refused.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        metrics.eventDropped();
        log.atDebug()
            .addKeyValue("reason", event.getReason())
            .addKeyValue("code", refused.getCode())
            .log("Event not written");
      }
    } catch (RuntimeException unexpected) {
      metrics.eventDropped();
      log.atDebug()
          .setCause(unexpected)
          .addKeyValue("reason", event.getReason())
          .log("Event not written");
    }
  }

  private Event event(HasMetadata object, ObjectEvent event) {
    ObjectMeta meta = object.getMetadata();
    return new EventBuilder()
        .withNewMetadata()
        .withNamespace(Objects.requireNonNullElse(meta.getNamespace(), NAMESPACE_OF_CLUSTER_SCOPE))
        .withName(name(meta, event))
        .endMetadata()
        .withEventTime(new MicroTime(MICRO_TIME.format(clock.instant())))
        .withType(event.warning() ? "Warning" : "Normal")
        .withReason(event.reason())
        .withAction(object instanceof AckTask ? "Mirror" : "Connect")
        .withNote(bounded(event.note()))
        .withReportingController(CONTROLLER)
        .withReportingInstance(instance)
        .withRegarding(
            new ObjectReferenceBuilder()
                .withApiVersion(object.getApiVersion())
                .withKind(object.getKind())
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
  static String name(ObjectMeta meta, ObjectEvent event) {
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
