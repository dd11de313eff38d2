package dev.acktask.e2e.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Assertions about the violations in a {@link ForgedHistory}. */
final class HistoryAssertions {
  private HistoryAssertions() {}

  static void assertAccepted(ForgedHistory history) {
    assertEquals(List.of(), HistoryChecker.check(history.end()));
  }

  static void assertRejected(Invariant invariant, ForgedHistory history) {
    List<Violation> violations = HistoryChecker.check(history.end());
    Set<Invariant> broken =
        violations.stream().map(Violation::invariant).collect(Collectors.toSet());
    assertTrue(broken.contains(invariant), () -> invariant + " not among " + violations);
  }
}
