package dev.acktask.e2e.leadership;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.operator.OperatorFixture;
import dev.acktask.e2e.operator.OperatorProcess;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Catalogue F85: the clock of the replica that holds the Lease is not that of the replica that
 * stands by. The holder is this test, the other one is the packaged operator.
 */
@OnControlPlane
class LeaseClockSkewIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  /** Short, to shorten the test; the holder chooses it and writes it to the Lease. */
  private static final Duration LEASE = Duration.ofSeconds(3);

  private static final Duration RENEWAL = Duration.ofSeconds(1);

  /** Twice the longest pause between two attempts, and a reserve for a busy machine. */
  private static final Duration RETRY = Duration.ofSeconds(15);

  private final ControlPlane controlPlane;

  LeaseClockSkewIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @Test
  @Tag("F85")
  void shouldTakeOverOnlyWhenAHolderWithAClockBehindStopsRenewing() {
    standsByWhileRenewed("holder-behind", Duration.ofMinutes(-1), Duration.ofMinutes(-5));
  }

  @Test
  @Tag("F85")
  void shouldTakeOverInTimeWhenAHolderWithAClockAheadStopsRenewing() {
    standsByWhileRenewed("holder-ahead", Duration.ofMinutes(1), Duration.ofMinutes(5));
  }

  private void standsByWhileRenewed(String prefix, Duration... skews) {
    OperatorFixture.lease(controlPlane).delete();
    try (OperatorFixture fixture =
        OperatorFixture.prepare(controlPlane, prefix, Map.of("ACKTASK_LEADER_ELECTION", "true"))) {
      // given
      renew(skews[0]);
      OperatorProcess standby = fixture.replica("standby").launch();
      await()
          .atMost(SOON)
          .pollInterval(RENEWAL)
          .until(
              () -> {
                renew(skews[0]);
                return standby.output().contains("Waiting for the lease");
              });

      // when
      for (Duration skew : skews) {
        Instant end = Instant.now().plus(LEASE.multipliedBy(2));
        await()
            .atMost(SOON)
            .pollInterval(RENEWAL)
            .until(
                () -> {
                  renew(skew);
                  return Instant.now().isAfter(end);
                });
        assertFalse(standby.output().contains("Leading"), standby::output);
      }
      Instant last = Instant.now();

      // then
      await()
          .atMost(LEASE.plus(RETRY))
          .pollInterval(Duration.ofMillis(100))
          .until(() -> standby.output().contains("Leading"));
      Instant acquired =
          OperatorFixture.lease(controlPlane).get().getSpec().getAcquireTime().toInstant();
      assertTrue(
          !acquired.isBefore(last.plus(LEASE).minusSeconds(1)),
          () -> "renewed at " + last + ", taken over at " + acquired);
    } finally {
      OperatorFixture.lease(controlPlane).delete();
    }
  }

  /** Renews the Lease like a holder with a clock that differs by {@code skew}. */
  private void renew(Duration skew) {
    ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC).plus(skew);
    controlPlane
        .admin()
        .resource(
            new LeaseBuilder()
                .withNewMetadata()
                .withNamespace(OperatorFixture.OPERATOR_NAMESPACE)
                .withName("acktask-operator")
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity("another-replica")
                .withLeaseDurationSeconds((int) LEASE.toSeconds())
                .withAcquireTime(now)
                .withRenewTime(now)
                .withLeaseTransitions(1)
                .endSpec()
                .build())
        .createOr(existing -> existing.update());
  }
}
