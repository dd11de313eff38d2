package dev.acktask.e2e.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.faultinjection.Fault;
import dev.acktask.e2e.faultinjection.FaultProxy;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorFixture;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Catalogue F69 and F70: the write of the verdict fails, or its answer is lost. */
@OnControlPlane
class StatusWriteFaultsIT extends StatusWriteTestCase {
  StatusWriteFaultsIT(ControlPlane controlPlane) {
    super(controlPlane);
  }

  @Test
  @Tag("F69")
  void shouldReportTheVerdictWhenManyWritesAreRefused() {
    RefusedWrites refused =
        new RefusedWrites(Fault.ERROR, Fault.UNAVAILABLE, Fault.THROTTLED, Fault.RESET_BEFORE);
    try (FaultProxy proxy = FaultProxy.of(controlPlane, refused);
        OperatorFixture fixture = follow("refused", through(proxy))) {
      // when
      refused.next(MANY);
      fixture.cloud().answers("T-1", Answers.failed("T-1", "X", "x"));
      fixture.recorder().calm();

      // then
      awaitPhase(fixture, "Failed");
      assertEquals(MANY, refused.refused());
      assertEquals(1, verdicts(fixture));
    }
  }

  @Test
  @Tag("F69")
  void shouldWriteTheVerdictOnceWhenTheAnswerOfTheWriteIsLost() {
    RefusedWrites lost = new RefusedWrites(Fault.HOLD_AFTER);
    try (FaultProxy proxy = FaultProxy.of(controlPlane, lost);
        OperatorFixture fixture = follow("unanswered", through(proxy))) {
      // when
      lost.next(1);
      fixture.cloud().answers("T-1", Answers.failed("T-1", "X", "x"));
      awaitPhase(fixture, "Failed");
      String version = fixture.tasks().get("task").getMetadata().getResourceVersion();
      await().atMost(SOON).until(lost::isOver);
      fixture.recorder().calm();

      // then
      fixture.cloud().answers("T-2", Answers.success("T-2"));
      fixture.tasks().create("other", "T-2");
      await()
          .atMost(SOON)
          .until(() -> "Succeeded".equals(fixture.tasks().get("other").get("status", "phase")));
      assertEquals(version, fixture.tasks().get("task").getMetadata().getResourceVersion());
      assertEquals(1, verdicts(fixture));
    }
  }

  /** The client tries a request four times before it reports an error of the server. */
  @ParameterizedTest
  @Tag("F70")
  @CsvSource({"TOO_LARGE, 1", "TOO_LARGE_FOR_ETCD, 4"})
  void shouldShrinkTheStatusAtOnceWhenItIsTooLarge(Fault tooLarge, int writes) {
    RefusedWrites refused = new RefusedWrites(tooLarge);
    try (FaultProxy proxy = FaultProxy.of(controlPlane, refused);
        OperatorFixture fixture = follow("large", through(proxy))) {
      // when
      refused.next(writes);
      fixture.cloud().answers("T-1", Answers.failed("T-1", "X", "x"));

      // then
      awaitPhase(fixture, "Failed");
      assertEquals(writes, refused.refused());
      assertEquals(1, verdicts(fixture));
      assertNull(fixture.tasks().get("task").get("status", "updatedTime"));
    }
  }

  private Path through(FaultProxy proxy) {
    return controlPlane.kubeconfigFor(
        OperatorFixture.OPERATOR_NAMESPACE, OperatorFixture.OPERATOR_ACCOUNT, proxy.endpoint());
  }
}
