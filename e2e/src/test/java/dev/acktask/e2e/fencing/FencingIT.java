package dev.acktask.e2e.fencing;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.history.Bounds;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.Rig;
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
import org.junit.jupiter.api.Test;

/** What happens to an object while the cloud is being asked about it. */
@OnControlPlane
class FencingIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  /** Longer than any edit takes, shorter than the deadline of a call. */
  private static final Duration LONG_POLL = Duration.ofSeconds(4);

  private static Rig rig;

  @BeforeAll
  static void start(ControlPlane controlPlane) {
    rig = Rig.start(controlPlane, "fencing");
    // A storm of edits may delay a verdict by the operator's own backoff, which S2 allows for.
    rig.recorder()
        .expect(Bounds.undisturbed(Rig.POLL_INTERVAL).withReaction(Duration.ofMinutes(2)));
  }

  @AfterAll
  static void close() {
    if (rig != null) {
      rig.close();
    }
  }

  @Test
  void f54ShouldSpeakOfTheNewSpecWhenItIsEditedDuringThePoll() {
    // given
    rig.cloud().answers("T-54", Answers.success("T-54").delayed(LONG_POLL));
    rig.tasks().create("edited", "T-54");
    awaitCall("T-54");

    // when
    rig.tasks().patchSpec("edited", Map.of("pollInterval", "20s"));
    awaitPhase("edited", "Succeeded");

    // then
    GenericKubernetesResource object = rig.tasks().get("edited");
    assertEquals(2, object.<Integer>get("status", "observedGeneration"));
    List<Map<String, Object>> conditions = object.get("status", "conditions");
    assertTrue(
        conditions.stream().allMatch(c -> Integer.valueOf(2).equals(c.get("observedGeneration"))));
    assertEquals(1, rig.cloud().callCount("T-54"));
  }

  @Test
  void f55ShouldBeSilentWhenTheObjectIsDeletedDuringThePoll() {
    // given
    rig.cloud().answers("T-55", Answers.failed("T-55", "X", "x").delayed(LONG_POLL));
    rig.tasks().create("deleted", "T-55");
    awaitCall("T-55");
    int logged = warnings();

    // when
    rig.tasks().delete("deleted");
    awaitAnswered("T-55");
    passOneInterval();

    // then
    assertTrue(rig.tasks().find("deleted").isEmpty());
    assertEquals(1, rig.cloud().callCount("T-55"));
    assertEquals(logged, warnings());
  }

  @Test
  void f56ShouldNotLandTheOldAnswerWhenTheObjectIsRecreatedForTheSameTask() {
    // given
    rig.cloud()
        .answers("T-56", Answers.success("T-56").delayed(LONG_POLL), Answers.running("T-56"));
    String old = rig.tasks().create("recreated", "T-56").getMetadata().getUid();
    awaitCall("T-56");
    awaitNextSecond();

    // when
    rig.tasks().delete("recreated");
    rig.tasks().create("recreated", "T-56");
    awaitAnswered("T-56");
    await().atMost(SOON).until(() -> rig.cloud().callCount("T-56") > 2);

    // then
    GenericKubernetesResource object = rig.tasks().get("recreated");
    assertFalse(old.equals(object.getMetadata().getUid()));
    assertEquals("Running", object.get("status", "phase"));
  }

  @Test
  void f56ShouldFollowTheNewTaskWhenTheObjectIsRecreatedForAnother() {
    // given
    rig.cloud().answers("T-56a", Answers.success("T-56a").delayed(LONG_POLL));
    rig.cloud().answers("T-56b", Answers.running("T-56b"));
    rig.tasks().create("renamed", "T-56a");
    awaitCall("T-56a");

    // when
    rig.tasks().delete("renamed");
    rig.tasks().create("renamed", "T-56b");
    awaitAnswered("T-56a");
    await().atMost(SOON).until(() -> rig.cloud().callCount("T-56b") > 1);

    // then
    GenericKubernetesResource object = rig.tasks().get("renamed");
    assertEquals("Running", object.get("status", "phase"));
    assertEquals("T-56b", object.get("status", "taskId"));
  }

  @Test
  void shouldLandTheVerdictWhenALabelIsEditedDuringThePoll() {
    // given
    rig.cloud().answers("T-1", Answers.failed("T-1", "X", "x").delayed(LONG_POLL));
    rig.tasks().create("labelled", "T-1");
    awaitCall("T-1");

    // when
    rig.tasks().label("labelled", "edit", "during");
    awaitPhase("labelled", "Failed");

    // then
    assertEquals("during", rig.tasks().get("labelled").getMetadata().getLabels().get("edit"));
    assertEquals(1, rig.cloud().callCount("T-1"));
  }

  @Test
  void f68ShouldLandTheVerdictWhenAnotherClientEditsInALoop() throws InterruptedException {
    // given
    rig.cloud().answers("T-68", Answers.running("T-68"), Answers.failed("T-68", "X", "x"));
    rig.tasks().create("stormy", "T-68");
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger edits = new AtomicInteger();
    Thread storm =
        Thread.ofVirtual()
            .start(
                () -> {
                  while (!over.get()) {
                    rig.tasks().label("stormy", "edit", "e" + edits.incrementAndGet());
                  }
                });

    // when
    try {
      awaitPhase("stormy", "Failed");
    } finally {
      over.set(true);
      storm.join();
    }

    // then
    assertTrue(edits.get() > 50, () -> edits + " edits are no storm");
    assertEquals("TaskFailed", rig.tasks().get("stormy").get("status", "reason"));
  }

  private static void awaitCall(String taskId) {
    await().atMost(SOON).until(() -> rig.cloud().callCount(taskId) == 1);
  }

  private static void awaitAnswered(String taskId) {
    await()
        .atMost(SOON)
        .until(() -> rig.cloud().served(taskId).get(0).outcome() == Outcome.COMPLETE);
  }

  /** Time enough for a poll that must not come. */
  private static void passOneInterval() {
    rig.cloud().answers("T-clock", Answers.running("T-clock"));
    String name = "clock-" + System.nanoTime();
    int before = rig.cloud().callCount("T-clock");
    rig.tasks().create(name, "T-clock");
    await().atMost(SOON).until(() -> rig.cloud().callCount("T-clock") > before + 2);
    rig.tasks().delete(name);
  }

  /** Times of creation are known to the second: the next object is younger than the last call. */
  private static void awaitNextSecond() {
    Instant next = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    await().until(() -> Instant.now().isAfter(next));
  }

  private static void awaitPhase(String name, String phase) {
    await().atMost(SOON).until(() -> phase.equals(rig.tasks().get(name).get("status", "phase")));
  }

  private static int warnings() {
    return (int)
        rig.operator()
            .output()
            .lines()
            .filter(line -> line.contains(" WARN ") || line.contains(" ERROR "))
            .count();
  }
}
