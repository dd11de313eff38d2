package dev.acktask.operator.leaderelection;

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
 * Leader election over a Lease, so that only one replica polls the cloud. It is not a fence: two
 * replicas may overlap for a moment, and each status write carries its own resourceVersion.
 */
public final class LeaderElection {
  /**
   * One replica that wants a Lease.
   *
   * @param namespace namespace of the Lease
   * @param name name of the Lease; of the operators that share it, one is active
   * @param identity unique identity of the replica
   */
  public record Candidate(String namespace, String name, String identity) {}

  private static final Logger log = LoggerFactory.getLogger(LeaderElection.class);

  /** The usual durations. With a request timeout of two seconds the old leader stops first. */
  private static final Duration LEASE = Duration.ofSeconds(15);

  private static final Duration RENEW_DEADLINE = Duration.ofSeconds(10);

  /** Half of the usual duration, so that a released lease is acquired within about a second. */
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final MonotonicLeaseLock lock;
  private final LeaderElector elector;
  private final Runnable exit;
  private final CountDownLatch acquired = new CountDownLatch(1);
  private volatile boolean isReleasing;
  private volatile @Nullable CompletableFuture<?> election;

  /**
   * @param client separate client with a request timeout of about two seconds and no retries: a
   *     leader that cannot renew must notice before another one starts
   * @param exit exits the process at once
   */
  public LeaderElection(
      KubernetesClient client,
      Candidate candidate,
      ExecutorService executor,
      LongSupplier nanoTime,
      Runnable exit) {
    this.lock = new MonotonicLeaseLock(candidate, LEASE, nanoTime);
    this.exit = exit;
    LeaderElectionConfig config =
        new LeaderElectionConfigBuilder()
            .withName(candidate.name())
            .withLock(lock)
            .withLeaseDuration(LEASE)
            .withRenewDeadline(RENEW_DEADLINE)
            .withRetryPeriod(RETRY)
            .withLeaderCallbacks(
                new LeaderCallbacks(this::onAcquired, this::exitUnlessReleasing, this::logLeader))
            .build();
    this.elector = new LeaderElector(client, config, executor);
  }

  /** Blocks until this replica is the leader. */
  public void await() throws InterruptedException {
    log.atInfo()
        .addKeyValue("lease", lock.describe())
        .addKeyValue("identity", lock.identity())
        .log("Waiting for the lease");
    election = elector.start().whenComplete((end, failure) -> exitUnlessReleasing());
    acquired.await();
  }

  /**
   * True while this replica certainly holds the lease. Checked before each write, because after a
   * suspension of the process the elector may resume later than the workers.
   */
  public boolean isLeader() {
    return lock.age() < RENEW_DEADLINE.toNanos() + RETRY.toNanos();
  }

  /**
   * Releases the lease, so that another replica takes over at once. Call it after the last worker
   * has ended.
   */
  public void release() {
    isReleasing = true;
    CompletableFuture<?> started = election;
    if (started != null) {
      started.cancel(true);
    }
    elector.release();
  }

  private void onAcquired() {
    log.atInfo().addKeyValue("identity", lock.identity()).log("Leading");
    acquired.countDown();
  }

  private void exitUnlessReleasing() {
    if (!isReleasing) {
      log.error("The lease is lost, another replica takes over; exiting");
      exit.run();
    }
  }

  /** Null after a release. */
  private void logLeader(@Nullable String leader) {
    log.atInfo()
        .addKeyValue("leader", leader == null || leader.isEmpty() ? "none" : leader)
        .log("Leader observed");
  }
}
