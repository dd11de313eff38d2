package dev.acktask.e2e.hostile;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.cluster.ControlPlane;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * AckTasks with annotations of 250 KB that change all the time, as from before the chart bounded
 * them: its policy accepts edits that make nothing larger.
 */
final class LargeObjects implements AutoCloseable {
  private static final int NOTE_CHARACTERS = 190_000;
  private static final int REFRESH_CHARACTERS = 60_000;
  private static final int CONCURRENT_EDITS = 8;
  private static final Duration COMPACTION_INTERVAL = Duration.ofSeconds(20);
  private static final Duration POLICY_TIMEOUT = Duration.ofMinutes(1);

  private final ControlPlane controlPlane;
  private final AckTasks tasks;
  private final int count;
  private final AtomicLong edits = new AtomicLong();
  private final AtomicLong latestRevision = new AtomicLong();
  private final CountDownLatch closed = new CountDownLatch(1);

  private LargeObjects(ControlPlane controlPlane, AckTasks tasks, int count) {
    this.controlPlane = controlPlane;
    this.tasks = tasks;
    this.count = count;
  }

  /**
   * Creates them in a namespace that exists; the one of number i mirrors task {@code taskIds[i]}.
   */
  static LargeObjects create(ControlPlane controlPlane, AckTasks tasks, List<String> taskIds)
      throws InterruptedException {
    var bindings =
        controlPlane.admin().admissionRegistration().v1().validatingAdmissionPolicyBindings();
    List<ValidatingAdmissionPolicyBinding> policies = bindings.list().getItems();
    policies.forEach(policy -> bindings.resource(policy).delete());
    LargeObjects objects = new LargeObjects(controlPlane, tasks, taskIds.size());
    for (int i = 0; i < taskIds.size(); i++) {
      tasks.create(name(i), Map.of("taskId", taskIds.get(i), "pollInterval", "1s"));
      objects.enlarge(i);
    }
    for (ValidatingAdmissionPolicyBinding policy : policies) {
      policy.getMetadata().setResourceVersion(null);
      policy.getMetadata().setUid(null);
      bindings.resource(policy).create();
    }
    return objects;
  }

  /** Edits them one after the other until it is closed, and spares etcd the old versions. */
  void edit(int perSecond) {
    Thread.ofVirtual().name("edits").start(() -> editAll(perSecond));
    Thread.ofVirtual().name("compaction").start(this::compact);
  }

  /** Edits that the API server accepted. */
  long edits() {
    return edits.get();
  }

  @Override
  public void close() {
    closed.countDown();
  }

  /** The policy stays in force for a moment after its binding is gone. */
  private void enlarge(int index) throws InterruptedException {
    long deadline = System.nanoTime() + POLICY_TIMEOUT.toNanos();
    while (true) {
      try {
        edit(index, 0);
        return;
      } catch (KubernetesClientException refused) {
        if (refused.getCode() != 422 || System.nanoTime() > deadline) {
          throw refused;
        }
        closed.await(200, TimeUnit.MILLISECONDS);
      }
    }
  }

  private void editAll(int perSecond) {
    Semaphore running = new Semaphore(CONCURRENT_EDITS);
    long next = System.nanoTime();
    try {
      for (long number = 1; ; number++) {
        next = Math.max(next + TimeUnit.SECONDS.toNanos(1) / perSecond, System.nanoTime());
        if (closed.await(next - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          return;
        }
        running.acquire();
        long current = number;
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    edit((int) (current % count), current);
                  } catch (KubernetesClientException e) {
                    // Refused or lost; not counted as an edit.
                  } finally {
                    running.release();
                  }
                });
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Every other edit requests a refresh, by a text that is far too long. */
  private void edit(int index, long number) {
    String mark = "%012d".formatted(number);
    String patch =
        "{\"metadata\":{\"annotations\":{\"note\":\"%s\",\"acktask.dev/refresh-requested-at\":\"%s\"}}}"
            .formatted(
                mark + "n".repeat(NOTE_CHARACTERS),
                "%012d".formatted(number / 2 / count) + "r".repeat(REFRESH_CHARACTERS));
    GenericKubernetesResource edited =
        tasks.operation().withName(name(index)).patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    edits.incrementAndGet();
    latestRevision.accumulateAndGet(
        Long.parseLong(edited.getMetadata().getResourceVersion()), Math::max);
  }

  /** Compacts etcd, which keeps all versions for five minutes otherwise, more than its quota. */
  private void compact() {
    URI compaction = controlPlane.etcdClients().resolve("/v3/kv/compaction");
    long old = 0;
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (!closed.await(COMPACTION_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
        if (old > 0) {
          HttpRequest request =
              HttpRequest.newBuilder(compaction)
                  .POST(HttpRequest.BodyPublishers.ofString("{\"revision\":\"" + old + "\"}"))
                  .build();
          client.send(request, HttpResponse.BodyHandlers.discarding());
        }
        old = latestRevision.get();
      }
    } catch (IOException e) {
      // No more compaction: etcd keeps more versions.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String name(int index) {
    return "large-" + index;
  }
}
