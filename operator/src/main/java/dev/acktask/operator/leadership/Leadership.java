package dev.acktask.operator.leadership;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right of this replica to work while others stand by. Not a fence, no lease is one: two
 * replicas may overlap for a moment, and every write is fenced by itself. It keeps the requests to
 * the cloud from being made twice.
 */
public final class Leadership {
  private static final Logger log = LoggerFactory.getLogger(Leadership.class);

  /** The customary times; with a request timeout of two seconds the old leader stops first. */
  private static final Duration LEASE = Duration.ofSeconds(15);

  private static final Duration RENEW_DEADLINE = Duration.ofSeconds(10);

  /** Half of the customary time, so that a released lease is taken over within about a second. */
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final MonotonicLeaseLock lock;
  private final LeaderElector elector;
  private final Runnable onLost;
  private final CountDownLatch leads = new CountDownLatch(1);
  private volatile boolean isReleasing;
  private volatile @Nullable CompletableFuture<?> election;

  /**
   * @param client for the lease alone, with a request timeout of about two seconds and no retries:
   *     a leader that cannot renew must find out before another one starts
   * @param name of the lease; operators that share one never work at the same time
   * @param identity of this replica, unlike every other's
   * @param onLost ends the process at once
   */
  public Leadership(
      KubernetesClient client,
      String namespace,
      String name,
      String identity,
      ExecutorService executor,
      LongSupplier nanoTime,
      Runnable onLost) {
    this.lock = new MonotonicLeaseLock(namespace, name, identity, LEASE, nanoTime);
    this.onLost = onLost;
    LeaderElectionConfig config =
        new LeaderElectionConfigBuilder()
            .withName(name)
            .withLock(lock)
            .withLeaseDuration(LEASE)
            .withRenewDeadline(RENEW_DEADLINE)
            .withRetryPeriod(RETRY)
            .withLeaderCallbacks(new LeaderCallbacks(this::won, this::lost, this::seen))
            .build();
    this.elector = new LeaderElector(client, config, executor);
  }

  /** Stands by until this replica leads. */
  public void await() throws InterruptedException {
    log.atInfo()
        .addKeyValue("lease", lock.describe())
        .addKeyValue("identity", lock.identity())
        .log("Waiting for the lease");
    election = elector.start().whenComplete((end, failure) -> lost());
    leads.await();
  }

  /**
   * True while the lease certainly belongs to this replica. A process that was frozen asks this
   * before it writes anything, because its elector may wake up later than its workers.
   */
  public boolean isHeld() {
    return lock.age() < RENEW_DEADLINE.toNanos() + RETRY.toNanos();
  }

  /** Lets another replica take over at once, if this one led; only after its last worker. */
  public void release() {
    isReleasing = true;
    CompletableFuture<?> started = election;
    if (started != null) {
      started.cancel(true);
    }
    elector.release();
  }

  private void won() {
    log.atInfo().addKeyValue("identity", lock.identity()).log("Leading");
    leads.countDown();
  }

  private void lost() {
    if (!isReleasing) {
      log.error("The lease is lost, another replica takes over; exiting");
      onLost.run();
    }
  }

  /** The elector says null after a release. */
  private void seen(@Nullable String leader) {
    log.atInfo()
        .addKeyValue("leader", leader == null || leader.isEmpty() ? "nobody" : leader)
        .log("The leader was seen");
  }
}
