package dev.acktask.e2e.fencing;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.history.Bounds;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorFixture;
import dev.acktask.simulator.http.Transmission.Outcome;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Changes of an object during a poll of its task. */
@OnControlPlane
class FencingIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  /** Longer than any edit takes, shorter than the deadline of a call. */
  private static final Duration LONG_POLL = Duration.ofSeconds(4);

  private static OperatorFixture fixture;

  @BeforeAll
  static void start(ControlPlane controlPlane) {
    fixture = OperatorFixture.start(controlPlane, "fencing");
    // Many edits may delay a verdict by the backoff of the operator, which S2 allows.
    fixture
        .recorder()
        .expect(
            Bounds.undisturbed(OperatorFixture.POLL_INTERVAL).withReaction(Duration.ofMinutes(2)));
  }

  @AfterAll
  static void close() {
    if (fixture != null) {
      fixture.close();
    }
  }

  @Test
  @Tag("F54")
  void shouldReportTheNewSpecWhenItIsEditedDuringThePoll() {
    // given
    fixture.cloud().answers("T-54", Answers.success("T-54").delayed(LONG_POLL));
    fixture.tasks().create("edited", "T-54");
    awaitCall("T-54");

    // when
    fixture.tasks().patchSpec("edited", Map.of("pollInterval", "20s"));
    awaitPhase("edited", "Succeeded");

    // then
    GenericKubernetesResource object = fixture.tasks().get("edited");
    assertEquals(2, object.<Integer>get("status", "observedGeneration"));
    List<Map<String, Object>> conditions = object.get("status", "conditions");
    assertTrue(
        conditions.stream().allMatch(c -> Integer.valueOf(2).equals(c.get("observedGeneration"))));
    assertEquals(1, fixture.cloud().callCount("T-54"));
  }

  @Test
  @Tag("F55")
  void shouldBeSilentWhenTheObjectIsDeletedDuringThePoll() {
    // given
    fixture.cloud().answers("T-55", Answers.failed("T-55", "X", "x").delayed(LONG_POLL));
    fixture.tasks().create("deleted", "T-55");
    awaitCall("T-55");
    int logged = warnings();

    // when
    fixture.tasks().delete("deleted");
    awaitAnswered("T-55");
    passOneInterval();

    // then
    assertTrue(fixture.tasks().find("deleted").isEmpty());
    assertEquals(1, fixture.cloud().callCount("T-55"));
    assertEquals(logged, warnings());
  }

  @Test
  @Tag("F56")
  void shouldNotLandTheOldAnswerWhenTheObjectIsRecreatedForTheSameTask() {
    // given
    fixture
        .cloud()
        .answers("T-56", Answers.success("T-56").delayed(LONG_POLL), Answers.running("T-56"));
    String old = fixture.tasks().create("recreated", "T-56").getMetadata().getUid();
    awaitCall("T-56");
    awaitNextSecond();

    // when
    fixture.tasks().delete("recreated");
    fixture.tasks().create("recreated", "T-56");
    awaitAnswered("T-56");
    await().atMost(SOON).until(() -> fixture.cloud().callCount("T-56") > 2);

    // then
    GenericKubernetesResource object = fixture.tasks().get("recreated");
    assertFalse(old.equals(object.getMetadata().getUid()));
    assertEquals("Running", object.get("status", "phase"));
  }

  @Test
  @Tag("F56")
  void shouldFollowTheNewTaskWhenTheObjectIsRecreatedForAnother() {
    // given
    fixture.cloud().answers("T-56a", Answers.success("T-56a").delayed(LONG_POLL));
    fixture.cloud().answers("T-56b", Answers.running("T-56b"));
    fixture.tasks().create("renamed", "T-56a");
    awaitCall("T-56a");

    // when
    fixture.tasks().delete("renamed");
    fixture.tasks().create("renamed", "T-56b");
    awaitAnswered("T-56a");
    await().atMost(SOON).until(() -> fixture.cloud().callCount("T-56b") > 1);

    // then
    GenericKubernetesResource object = fixture.tasks().get("renamed");
    assertEquals("Running", object.get("status", "phase"));
    assertEquals("T-56b", object.get("status", "taskId"));
  }

  @Test
  void shouldReportTheVerdictWhenALabelIsEditedDuringThePoll() {
    // given
    fixture.cloud().answers("T-1", Answers.failed("T-1", "X", "x").delayed(LONG_POLL));
    fixture.tasks().create("labelled", "T-1");
    awaitCall("T-1");

    // when
    fixture.tasks().label("labelled", "edit", "during");
    awaitPhase("labelled", "Failed");

    // then
    assertEquals("during", fixture.tasks().get("labelled").getMetadata().getLabels().get("edit"));
    assertEquals(1, fixture.cloud().callCount("T-1"));
  }

  @Test
  @Tag("F68")
  void shouldReportTheVerdictWhenAnotherClientEditsInALoop() throws InterruptedException {
    // given
    fixture.cloud().answers("T-68", Answers.running("T-68"));
    fixture.tasks().create("stormy", "T-68");
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger edits = new AtomicInteger();
    Thread storm =
        Thread.ofVirtual()
            .start(
                () -> {
                  while (!over.get()) {
                    fixture.tasks().label("stormy", "edit", "e" + edits.incrementAndGet());
                  }
                });

    // when
    try {
      await().atMost(SOON).until(() -> edits.get() > 50);
      fixture.cloud().answers("T-68", Answers.failed("T-68", "X", "x"));
      awaitPhase("stormy", "Failed");
    } finally {
      over.set(true);
      storm.join();
    }

    // then
    assertEquals("TaskFailed", fixture.tasks().get("stormy").get("status", "reason"));
  }

  private static void awaitCall(String taskId) {
    await().atMost(SOON).until(() -> fixture.cloud().callCount(taskId) == 1);
  }

  private static void awaitAnswered(String taskId) {
    await()
        .atMost(SOON)
        .until(() -> fixture.cloud().served(taskId).get(0).outcome() == Outcome.COMPLETE);
  }

  /** Waits for the time of a poll that must not happen. */
  private static void passOneInterval() {
    fixture.cloud().answers("T-clock", Answers.running("T-clock"));
    String name = "clock-" + System.nanoTime();
    int before = fixture.cloud().callCount("T-clock");
    fixture.tasks().create(name, "T-clock");
    await().atMost(SOON).until(() -> fixture.cloud().callCount("T-clock") > before + 2);
    fixture.tasks().delete(name);
  }

  /** creationTimestamp has seconds: waits so that the next object is younger than the last call. */
  private static void awaitNextSecond() {
    Instant next = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    await().until(() -> Instant.now().isAfter(next));
  }

  private static void awaitPhase(String name, String phase) {
    await()
        .atMost(SOON)
        .until(() -> phase.equals(fixture.tasks().get(name).get("status", "phase")));
  }

  private static int warnings() {
    return (int)
        fixture
            .operator()
            .output()
            .lines()
            .filter(line -> line.contains(" WARN ") || line.contains(" ERROR "))
            .count();
  }
}
