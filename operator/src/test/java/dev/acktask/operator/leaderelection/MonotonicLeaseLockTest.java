package dev.acktask.operator.leaderelection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Leases of another replica, whose wall clock may differ by any amount. */
@EnableKubernetesMockClient(crud = true)
final class MonotonicLeaseLockTest {
  private static final Duration LEASE = Duration.ofSeconds(15);

  KubernetesClient client;

  private final AtomicLong now = new AtomicLong();
  private final MonotonicLeaseLock lock =
      new MonotonicLeaseLock(
          new LeaderElection.Candidate("acktask-system", "operator", "standby"), LEASE, now::get);

  @Test
  void shouldFindALeaseValidWhenTheClockOfItsHolderIsBehind() {
    for (int renewal = 0; renewal < 20; renewal++) {
      renew(Duration.ofMinutes(-1).plusSeconds(2L * renewal));
      assertFalse(hasExpired(), "renewal " + renewal);
      now.addAndGet(Duration.ofSeconds(2).toNanos());
    }
  }

  @Test
  void shouldFindALeaseExpiredWhenTheClockOfItsHolderIsAhead() {
    renew(Duration.ofMinutes(5));
    assertFalse(hasExpired());
    now.addAndGet(LEASE.toNanos());
    assertFalse(hasExpired());
    now.addAndGet(1);
    assertTrue(hasExpired());
  }

  @Test
  void shouldWaitForAWholeLeaseFromTheFirstObservation() {
    renew(Duration.ofHours(-1));
    now.addAndGet(Duration.ofDays(1).toNanos());
    assertFalse(hasExpired());
    now.addAndGet(LEASE.plusNanos(1).toNanos());
    assertTrue(hasExpired());
  }

  @Test
  void shouldFindALeaseValidAgainWhenAnotherReplicaTakesItOver() {
    renew(Duration.ZERO);
    assertFalse(hasExpired());
    now.addAndGet(LEASE.plusNanos(1).toNanos());
    write("third", Duration.ofSeconds(1));
    assertFalse(hasExpired());
  }

  @Test
  void shouldNotTreatAnEditOfLabelsAsARenewal() {
    renew(Duration.ZERO);
    assertFalse(hasExpired());
    now.addAndGet(LEASE.plusNanos(1).toNanos());
    lease()
        .edit(
            old ->
                new LeaseBuilder(old).editMetadata().addToLabels("a", "b").endMetadata().build());
    assertTrue(hasExpired());
  }

  @Test
  void shouldReadALeaseThatWasWrittenWithoutTimes() {
    client
        .resource(
            new LeaseBuilder()
                .withNewMetadata()
                .withNamespace("acktask-system")
                .withName("operator")
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity("by-hand")
                .endSpec()
                .build())
        .create();
    assertFalse(hasExpired());
    now.addAndGet(LEASE.plusNanos(1).toNanos());
    assertTrue(hasExpired());
  }

  @Test
  void shouldReturnItsOwnRecordUnchanged() {
    write("standby", Duration.ofSeconds(-3));
    LeaderElectionRecord record = Objects.requireNonNull(lock.get(client));
    assertEquals(lease().get().getSpec().getRenewTime(), record.getRenewTime());
  }

  /** Runs the elector of the client library; the clock of the last holder was 300 s ahead. */
  @Test
  void shouldTakeOverAfterOneLeaseFromAHolderWhoseClockWasAhead() throws InterruptedException {
    renew(Duration.ofMinutes(5));
    assertFalse(hasExpired());
    now.addAndGet(LEASE.plusNanos(1).toNanos());
    assertTrue(becomesLeader(), "the lease was not taken over");
    assertEquals("standby", lease().get().getSpec().getHolderIdentity());
    assertEquals(1, lease().get().getSpec().getLeaseTransitions());
  }

  private boolean becomesLeader() throws InterruptedException {
    CountDownLatch elected = new CountDownLatch(1);
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      var election =
          new LeaderElector(
                  client,
                  new LeaderElectionConfigBuilder()
                      .withName("operator")
                      .withLock(lock)
                      .withLeaseDuration(LEASE)
                      .withRenewDeadline(Duration.ofSeconds(10))
                      .withRetryPeriod(Duration.ofSeconds(1))
                      .withLeaderCallbacks(
                          new LeaderCallbacks(elected::countDown, () -> {}, leader -> {}))
                      .build(),
                  executor)
              .start();
      boolean isLeader = elected.await(20, TimeUnit.SECONDS);
      election.cancel(true);
      return isLeader;
    } finally {
      executor.shutdownNow();
    }
  }

  /** The expiry rule of the elector. */
  private boolean hasExpired() {
    LeaderElectionRecord record = Objects.requireNonNull(lock.get(client));
    return ZonedDateTime.now(ZoneOffset.UTC)
        .isAfter(record.getRenewTime().plus(record.getLeaseDuration()));
  }

  private void renew(Duration skew) {
    write("leader", skew);
  }

  private void write(String holder, Duration skew) {
    ZonedDateTime time = ZonedDateTime.now(ZoneOffset.UTC).plus(skew);
    client
        .resource(
            new LeaseBuilder()
                .withNewMetadata()
                .withNamespace("acktask-system")
                .withName("operator")
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(holder)
                .withLeaseDurationSeconds((int) LEASE.toSeconds())
                .withAcquireTime(time)
                .withRenewTime(time)
                .withLeaseTransitions(0)
                .endSpec()
                .build())
        .createOr(existing -> existing.update());
  }

  private Resource<Lease> lease() {
    return client.leases().inNamespace("acktask-system").withName("operator");
  }
}
