package dev.acktask.operator.leadership;

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
 * A Lease whose age is measured on the monotonic clock of this process. The elector compares the
 * renewTime of the holder with the local wall clock, so that a replica whose clock is ahead takes
 * the Lease from a holder that renews in time. This lock judges by its own observation instead, as
 * client-go does: the Lease of another holder has expired when it has not changed for its duration
 * since this process first read it in this state.
 */
final class MonotonicLeaseLock implements Lock {
  /** For the elector: longer ago than any lease lasts, and further ahead than any clock. */
  private static final ZonedDateTime EXPIRED =
      ZonedDateTime.of(1970, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

  private static final ZonedDateTime VALID = EXPIRED.withYear(9000);

  private final Lock lease;
  private final LongSupplier nanoTime;
  private @Nullable LeaderElectionRecord observed;
  private long observedAt;
  private volatile long renewedAt;
  private volatile boolean isHeld;

  /**
   * @param ifUnset duration of a Lease that says none
   * @param nanoTime monotonic clock
   */
  MonotonicLeaseLock(
      String namespace, String name, String identity, Duration ifUnset, LongSupplier nanoTime) {
    this(new CompletedLeaseLock(namespace, name, identity, ifUnset), nanoTime);
  }

  MonotonicLeaseLock(Lock lease, LongSupplier nanoTime) {
    this.lease = lease;
    this.nanoTime = nanoTime;
  }

  /**
   * Nanoseconds since the request of the last renewal by this replica was sent; {@link
   * Long#MAX_VALUE} when it does not hold the Lease.
   */
  long age() {
    return isHeld ? nanoTime.getAsLong() - renewedAt : Long.MAX_VALUE;
  }

  /**
   * The record as stored when this replica or none holds the Lease. Otherwise its renewTime is
   * replaced: by a time long ago when the Lease has expired, by a time far ahead when it has not.
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
    isHeld = identity().equals(record.getHolderIdentity());
  }

  /**
   * All fields of a Lease are optional in its API. The elector fails indefinitely on one that was
   * written by hand without a time.
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
