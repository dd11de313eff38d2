package dev.acktask.operator.gate;

import static dev.acktask.operator.gate.GateLists.active;
import static dev.acktask.operator.gate.GateTasks.failed;
import static dev.acktask.operator.gate.GateTasks.running;
import static dev.acktask.operator.gate.Gates.naming;
import static dev.acktask.operator.gate.Gates.quiet;
import static dev.acktask.operator.gate.Gates.selecting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.GateStatus;
import dev.acktask.operator.event.ObjectEvent;
import dev.acktask.operator.gate.GateEvidence.ClusterList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names and messages come from users and from the cloud. */
final class GateTextTest {
  private static final String HOSTILE =
      "a\u001b[31m\nb\u202Ec\u0000 password=hunter2-hunter2 " + "\uD83D\uDE00".repeat(2000);

  private static final String[] NAMES =
      IntStream.range(0, 200)
          .mapToObj("upgrade-of-node-pool-%03d"::formatted)
          .toArray(String[]::new);

  static Stream<GateDecision> decisions() {
    GateTasks[] hostile =
        IntStream.range(0, 200)
            .mapToObj(i -> running(HOSTILE + i).syncProblem(HOSTILE))
            .toArray(GateTasks[]::new);
    return Stream.of(
        naming(NAMES).decide(),
        naming(NAMES).decide(Stream.of(NAMES).map(GateTasks::running).toList()),
        naming(NAMES).decide(Stream.of(NAMES).map(GateTasks::failed).toList()),
        naming("a").decide(failed("a").message(HOSTILE)),
        naming("a").decide(running("a").syncProblem(HOSTILE)),
        selecting(200).decide(hostile),
        selecting(1).decide(hostile),
        selecting(1).decide(failed(HOSTILE).message(HOSTILE)),
        quiet("c1").decide(active().running("c1", 9000, HOSTILE + 1, HOSTILE + 2)),
        quiet("c1").decide(active().list("c1", ClusterList.failed(HOSTILE))),
        quiet("c1").decide(active().quiet("c1").ackTask(running(HOSTILE).syncProblem(HOSTILE))));
  }

  @ParameterizedTest
  @MethodSource("decisions")
  void shouldBoundAndCleanEachText(GateDecision decision) {
    GateStatus status = decision.status();
    assertNotNull(status.blocking());
    assertTrue(status.blocking().length() <= GateStatus.MAX_BLOCKING, status.blocking());
    Stream.concat(
            Stream.of(status.blocking()),
            Stream.concat(
                status.conditions().stream().map(it -> it.message()),
                decision.events().stream().map(ObjectEvent::note)))
        .forEach(GateTextTest::assertSafe);
  }

  private static void assertSafe(String text) {
    assertFalse(text.isEmpty());
    assertTrue(text.length() <= 1024, text);
    assertFalse(text.contains("hunter2"), text);
    assertTrue(text.chars().noneMatch(c -> Character.isISOControl(c) || c == '\u202E'), text);
  }

  @Test
  void shouldSayHowManyNamesAreLeftOut() {
    String blocking = naming(NAMES).decide().status().blocking();

    assertEquals(
        "upgrade-of-node-pool-000, upgrade-of-node-pool-001, upgrade-of-node-pool-002,"
            + " upgrade-of-node-pool-003, upgrade-of-node-pool-004, upgrade-of-node-pool-005,"
            + " upgrade-of-node-pool-006, upgrade-of-node-pool-007, upgrade-of-node-pool-008"
            + " and 191 more",
        blocking);
  }

  @Test
  void shouldCutOneLongNameOnly() {
    String text = NameList.of(List.of("a".repeat(300), "b"));

    assertEquals("a".repeat(244) + "… and 1 more", text);
  }

  @Test
  void shouldFillTheTextExactly() {
    assertEquals(256, NameList.of(List.of("a".repeat(200), "b".repeat(54))).length());
    assertTrue(NameList.of(List.of("a".repeat(200), "b".repeat(55))).endsWith("a and 1 more"));
  }

  @Test
  void shouldKeepNamesThatReadLikeSecrets() {
    assertEquals(
        "rotate-secret, token-x", naming("token-x", "rotate-secret").decide().status().blocking());
  }
}
