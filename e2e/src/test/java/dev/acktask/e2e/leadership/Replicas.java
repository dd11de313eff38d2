package dev.acktask.e2e.leadership;

import static org.awaitility.Awaitility.await;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.faultinjection.FaultPlan;
import dev.acktask.e2e.faultinjection.FaultProxy;
import dev.acktask.e2e.history.Bounds;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorFixture;
import dev.acktask.e2e.operator.OperatorProcess;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A fixture with a leader and a standby replica; no other process uses the lease. */
public final class Replicas implements AutoCloseable {
  static final Duration LEASE = Duration.ofSeconds(15);

  /** Lease, retry, and the start of the informers on a busy machine. */
  static final Duration TAKEOVER = LEASE.plusSeconds(2).plusSeconds(15);

  /** The format of a MicroTime. */
  private static final DateTimeFormatter MICRO_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private static final Logger log = LoggerFactory.getLogger(Replicas.class);
  private static final Duration SOON = Duration.ofSeconds(30);

  private final OperatorFixture fixture;
  private final Optional<FaultProxy> proxy;
  private final OperatorProcess leader;
  private final OperatorProcess standby;

  private Replicas(ControlPlane controlPlane, String prefix, Optional<FaultPlan> plan) {
    OperatorFixture.lease(controlPlane).delete();
    this.fixture =
        OperatorFixture.prepare(
            controlPlane,
            prefix,
            Map.of("ACKTASK_LEADER_ELECTION", "true", "ACKTASK_CALL_TIMEOUT", "20s"));
    // A new leader polls once more and may write once more.
    fixture
        .recorder()
        .expect(
            Bounds.undisturbed(OperatorFixture.POLL_INTERVAL).withExtra(4).withReaction(TAKEOVER));
    this.proxy = plan.map(faults -> FaultProxy.of(fixture.controlPlane(), faults));
    this.leader =
        proxy.isPresent()
            ? fixture.replica(
                "leader",
                controlPlane.kubeconfigFor(
                    OperatorFixture.OPERATOR_NAMESPACE,
                    OperatorFixture.OPERATOR_ACCOUNT,
                    proxy.get().endpoint()),
                Map.of())
            : fixture.replica("leader");
    this.standby = fixture.replica("standby");
  }

  /** Starts the leader, then the standby. */
  public static Replicas start(ControlPlane controlPlane, String prefix) {
    return started(new Replicas(controlPlane, prefix, Optional.empty()));
  }

  /** The same, with faults on the way from the leader to the API server. */
  static Replicas start(ControlPlane controlPlane, String prefix, FaultPlan plan) {
    return started(new Replicas(controlPlane, prefix, Optional.of(plan)));
  }

  private static Replicas started(Replicas replicas) {
    try {
      replicas.leader.start();
      replicas.standby.launch();
      await().atMost(SOON).until(() -> replicas.standby.output().contains("Waiting for the lease"));
      return replicas;
    } catch (RuntimeException e) {
      replicas.close();
      throw e;
    }
  }

  public OperatorFixture fixture() {
    return fixture;
  }

  public OperatorProcess leader() {
    return leader;
  }

  public OperatorProcess standby() {
    return standby;
  }

  boolean standbyWorks() {
    return standby.output().contains(OperatorProcess.READY);
  }

  public void awaitTakeover() {
    awaitTakeover(TAKEOVER);
  }

  void awaitTakeover(Duration atMost) {
    Instant began = Instant.now();
    await()
        .pollInterval(Duration.ofMillis(100))
        .atMost(atMost)
        .failFast(() -> !standby.isAlive())
        .until(this::standbyWorks);
    log.info(
        "{}: the other replica works after {}",
        fixture.tasks().namespace(),
        Duration.between(began, Instant.now()));
  }

  /** Creates {@code task} for a running task, and waits until its status has it. */
  void startTask() {
    fixture.cloud().answers("T-1", Answers.running("T-1"));
    fixture.tasks().create("task", "T-1");
    awaitPhase("task", "Running");
  }

  /** The task of {@link #startTask} fails. */
  void failTask() {
    fixture.cloud().answers("T-1", Answers.failed("T-1", "Broken", "It broke."));
  }

  void awaitPhase(String name, String phase) {
    await()
        .atMost(TAKEOVER)
        .until(() -> phase.equals(fixture.tasks().get(name).get("status", "phase")));
  }

  Resource<Lease> lease() {
    return OperatorFixture.lease(fixture.controlPlane());
  }

  /** Name of the replica that holds the lease; empty without a holder. */
  String holder() {
    return Optional.ofNullable(lease().get())
        .map(lease -> lease.getSpec().getHolderIdentity())
        .map(identity -> identity.replaceFirst("_.*", ""))
        .orElse("");
  }

  /**
   * Sets another holder, as of now. A merge has no resourceVersion, so a renewal of the leader at
   * the same time causes no conflict.
   */
  void giveLeaseTo(String holder) {
    lease()
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            """
            {"spec": {"holderIdentity": "%s", "renewTime": "%s"}}
            """
                .formatted(holder, MICRO_TIME.format(Instant.now())));
  }

  /** True when another replica can take the lease at once, before it expires. */
  boolean isReleased() {
    Lease lease = lease().get();
    return !holder().equals("leader") || lease.getSpec().getLeaseDurationSeconds() <= 1;
  }

  @Override
  public void close() {
    try {
      fixture.close();
    } finally {
      proxy.ifPresent(FaultProxy::close);
    }
  }
}
