package dev.acktask.operator.api.v1alpha1;

import dev.acktask.operator.decision.StatusInvariants;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class AckTasksTest {
  static Stream<AckTaskStatus> statuses() {
    return Stream.of(
            AckTasks.pending(),
            AckTasks.running(),
            AckTasks.suspended(),
            AckTasks.succeeded(),
            AckTasks.failed())
        .map(AckTasks.Builder::status);
  }

  @ParameterizedTest
  @MethodSource("statuses")
  void shouldHaveAStatusThatTheOperatorCouldWrite(AckTaskStatus status) {
    StatusInvariants.check(status, 1);
  }
}
