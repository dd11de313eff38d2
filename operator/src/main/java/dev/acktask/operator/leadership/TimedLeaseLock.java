package dev.acktask.operator.leadership;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.Lock;
import java.util.function.LongSupplier;

/**
 * A Lease that knows on the monotonic clock when it was last renewed. The elector keeps that to
 * itself, and a process that was frozen must not act on a lease that ran out meanwhile.
 */
final class TimedLeaseLock implements Lock {
  private final LeaseLock lease;
  private final LongSupplier nanoTime;
  private volatile long renewedAt;
  private volatile boolean isHeld;

  TimedLeaseLock(String namespace, String name, String identity, LongSupplier nanoTime) {
    this.lease = new LeaseLock(namespace, name, identity);
    this.nanoTime = nanoTime;
  }

  /** Nanoseconds since the request of the last renewal was sent; the longest when there is none. */
  long age() {
    return isHeld ? nanoTime.getAsLong() - renewedAt : Long.MAX_VALUE;
  }

  @Override
  public LeaderElectionRecord get(KubernetesClient client) {
    return lease.get(client);
  }

  @Override
  public void create(KubernetesClient client, LeaderElectionRecord record) {
    long sent = nanoTime.getAsLong();
    lease.create(client, record);
    noteRenewal(record, sent);
  }

  @Override
  public void update(KubernetesClient client, LeaderElectionRecord record) {
    long sent = nanoTime.getAsLong();
    lease.update(client, record);
    noteRenewal(record, sent);
  }

  @Override
  public String identity() {
    return lease.identity();
  }

  @Override
  public String describe() {
    return lease.describe();
  }

  private void noteRenewal(LeaderElectionRecord record, long sent) {
    renewedAt = sent;
    isHeld = identity().equals(record.getHolderIdentity());
  }
}
