package dev.acktask.e2e.interruption;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The operator dies, or is left without an answer, at each of its requests in turn. It must come to
 * the same end as if nothing had happened, with at most one more write.
 */
@OnControlPlane
class InterruptionIT {
  private static final Set<Fault> KILLS = EnumSet.of(Fault.KILL_BEFORE, Fault.KILL_AFTER);
  private static final Set<Fault> REST =
      EnumSet.of(
          Fault.CONFLICT,
          Fault.ERROR,
          Fault.HOLD_BEFORE,
          Fault.HOLD_AFTER,
          Fault.RESET_BEFORE,
          Fault.RESET_AFTER);

  private static SSLContext serving;

  private final ControlPlane controlPlane;

  InterruptionIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @BeforeAll
  static void issue(ControlPlane controlPlane) {
    serving = controlPlane.authority().issueServer("interruption").serving();
  }

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void f80ShouldEndTheSameWhenKilledAtAnyRequest() {
    assertEquals(
        List.of(), new Enumeration(controlPlane, serving, Scenario.FAILURE, KILLS).failures());
  }

  /** About ten minutes each; see the README of this module. */
  @ParameterizedTest
  @EnumSource(names = {"SUCCESS", "FAILURE"})
  @Timeout(value = 60, unit = TimeUnit.MINUTES)
  @EnabledIfSystemProperty(named = "acktask.e2e.interruption", matches = "all")
  void f80ShouldEndTheSameWhenAnyRequestFails(Scenario scenario) {
    assertEquals(List.of(), new Enumeration(controlPlane, serving, scenario, REST).failures());
  }

  /** Its successor has another identity and waits until the lease has run out. */
  @Test
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  @EnabledIfSystemProperty(named = "acktask.e2e.interruption", matches = "all")
  void f80ShouldEndTheSameWhenKilledAtAnyRequestForTheLease() {
    assertEquals(
        List.of(), new Enumeration(controlPlane, serving, Scenario.ELECTED, KILLS).failures());
  }

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  @EnabledIfSystemProperty(named = "acktask.e2e.interruption", matches = "all")
  void f80ShouldSucceedTheSameWhenKilledAtAnyRequest() {
    assertEquals(
        List.of(), new Enumeration(controlPlane, serving, Scenario.SUCCESS, KILLS).failures());
  }
}
