package dev.acktask.e2e.faultinjection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The operator is killed, or gets no answer, at each of its requests. The final status must be the
 * same as without the fault, with at most one more write.
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
  @Tag("F80")
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void shouldEndTheSameWhenKilledAtAnyRequest() {
    assertEquals(
        List.of(), new Enumeration(controlPlane, serving, Scenario.FAILURE, KILLS).failures());
  }

  /** About ten minutes each; see the README of this module. */
  @ParameterizedTest
  @Tag("F80")
  @EnumSource(names = {"SUCCESS", "FAILURE"})
  @Timeout(value = 60, unit = TimeUnit.MINUTES)
  @EnabledIfSystemProperty(named = "acktask.e2e.interruption", matches = "all")
  void shouldEndTheSameWhenAnyRequestFails(Scenario scenario) {
    assertEquals(List.of(), new Enumeration(controlPlane, serving, scenario, REST).failures());
  }

  /** A restarted replica has another identity and waits until the lease has expired. */
  @Test
  @Tag("F80")
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  @EnabledIfSystemProperty(named = "acktask.e2e.interruption", matches = "all")
  void shouldEndTheSameWhenKilledAtAnyRequestForTheLease() {
    assertEquals(
        List.of(), new Enumeration(controlPlane, serving, Scenario.ELECTED, KILLS).failures());
  }

  @Test
  @Tag("F80")
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  @EnabledIfSystemProperty(named = "acktask.e2e.interruption", matches = "all")
  void shouldSucceedTheSameWhenKilledAtAnyRequest() {
    assertEquals(
        List.of(), new Enumeration(controlPlane, serving, Scenario.SUCCESS, KILLS).failures());
  }
}
