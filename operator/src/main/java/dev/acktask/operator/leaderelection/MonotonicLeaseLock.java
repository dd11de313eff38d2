package dev.acktask.operator.leaderelection;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.Lock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A Lease lock that measures expiry on the monotonic clock of this process. The elector compares
 * the renewTime of the holder with the local wall clock, so that a replica whose clock is ahead
 * would take the Lease from an active holder. This lock works like client-go instead: a Lease has
 * expired when this process has read it unchanged for its duration.
 */
final class MonotonicLeaseLock implements Lock {
  /** Times for the elector: certainly expired and certainly valid. */
  private static final ZonedDateTime EXPIRED =
      ZonedDateTime.of(1970, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

  private static final ZonedDateTime VALID = EXPIRED.withYear(9000);

  private final Lock lease;
  private final LongSupplier nanoTime;
  private @Nullable LeaderElectionRecord observed;
  private long observedAt;
  private volatile long renewedAt;
  private volatile boolean isLeader;

  /**
   * @param ifUnset duration of a Lease that has none
   */
  MonotonicLeaseLock(LeaderElection.Candidate candidate, Duration ifUnset, LongSupplier nanoTime) {
    this(
        new CompletedLeaseLock(
            candidate.namespace(), candidate.name(), candidate.identity(), ifUnset),
        nanoTime);
  }

  MonotonicLeaseLock(Lock lease, LongSupplier nanoTime) {
    this.lease = lease;
    this.nanoTime = nanoTime;
  }

  /**
   * Nanoseconds since this replica sent its last successful renewal; {@link Long#MAX_VALUE} if it
   * does not hold the Lease.
   */
  long age() {
    return isLeader ? nanoTime.getAsLong() - renewedAt : Long.MAX_VALUE;
  }

  /**
   * The stored record. If another replica holds the Lease, renewTime is replaced by a time in the
   * far past (expired) or far future (valid).
   */
  @Override
  public synchronized @Nullable LeaderElectionRecord get(KubernetesClient client) {
    LeaderElectionRecord stored = lease.get(client);
    long now = nanoTime.getAsLong();
    if (!Objects.equals(stored, observed)) {
      observed = stored;
      observedAt = now;
    }
    if (stored == null || identity().equals(stored.getHolderIdentity())) {
      return stored;
    }
    boolean hasExpired = now - observedAt > stored.getLeaseDuration().toNanos();
    return stored.toBuilder().renewTime(hasExpired ? EXPIRED : VALID).build();
  }

  @Override
  public void create(KubernetesClient client, LeaderElectionRecord record) {
    long sent = nanoTime.getAsLong();
    lease.create(client, record);
    recordRenewal(record, sent);
  }

  @Override
  public void update(KubernetesClient client, LeaderElectionRecord record) {
    long sent = nanoTime.getAsLong();
    lease.update(client, record);
    recordRenewal(record, sent);
  }

  @Override
  public String identity() {
    return lease.identity();
  }

  @Override
  public String describe() {
    return lease.describe();
  }

  private void recordRenewal(LeaderElectionRecord record, long sent) {
    renewedAt = sent;
    isLeader = identity().equals(record.getHolderIdentity());
  }

  /**
   * Supplies missing fields. All fields of a Lease are optional, and the elector fails indefinitely
   * on a Lease without times.
   */
  private static final class CompletedLeaseLock extends LeaseLock {
    private final Duration ifUnset;

    CompletedLeaseLock(String namespace, String name, String identity, Duration ifUnset) {
      super(namespace, name, identity);
      this.ifUnset = ifUnset;
    }

    @Override
    protected LeaderElectionRecord toRecord(Lease resource) {
      LeaseSpec spec = Objects.requireNonNullElseGet(resource.getSpec(), LeaseSpec::new);
      Integer seconds = spec.getLeaseDurationSeconds();
      return new LeaderElectionRecord(
          spec.getHolderIdentity(),
          seconds == null ? ifUnset : Duration.ofSeconds(seconds),
          Objects.requireNonNullElse(spec.getAcquireTime(), EXPIRED),
          Objects.requireNonNullElse(spec.getRenewTime(), EXPIRED),
          Objects.requireNonNullElse(spec.getLeaseTransitions(), 0));
    }
  }
}
