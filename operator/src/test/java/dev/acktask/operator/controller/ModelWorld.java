package dev.acktask.operator.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.Phase;
import dev.acktask.operator.controller.TaskModel.Seen;
import dev.acktask.operator.controller.TaskModel.Shown;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * One object, its cloud and its API server over a long life, with the framework's part (events that
 * matter, one timer) played by hand. After each visit what is stored is held against the {@link
 * TaskModel}, and against laws that need no model.
 */
final class ModelWorld extends ReconcilerTestCase {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
  private static final long LONGEST_SILENCE = Duration.ofMinutes(10).toMillis();

  /** An object as the framework hands it out, and what the model says that it shows. */
  private record Copy(AckTask task, Shown shown) {}

  final List<String> log = new ArrayList<>();
  private final ModelCoverage coverage;
  private final Map<String, Instant> missingSince = new HashMap<>();
  private Shown shown = Shown.NOTHING;
  private final ModelCloud says =
      new ModelCloud(Map.of(TASK_ID, START.minus(Duration.ofMinutes(90))), START);
  private Copy delivered;
  private Copy older;
  private long timer;
  private int uids;
  private boolean faulty;
  private boolean edited;
  private boolean troubled;
  private AssertionError brokenLaw;

  ModelWorld(ModelCoverage coverage) {
    this.coverage = coverage;
    cloud.answer(says::say);
    store.inspect(this::inspect);
    recreate(SPEC, false);
    visitIfNeeded();
  }

  /** Lets {@code happening} happen, then whatever follows from it at once. */
  void happens(ModelHappening happening, Random random) {
    if (store.isEmpty()) {
      recreate(RandomSpec.near(SPEC, random), random.nextBoolean());
    }
    log.add(happening + " at " + now);
    edited = false;
    switch (happening) {
      case TIME_PASSES -> untilTimer();
      case LONG_TIME_PASSES -> pass(60_000L * (1 + random.nextInt(300)));
      case CLOCK_IS_SET -> now = now.plusSeconds(random.nextInt(1_200) - 600L);
      case CLOUD_CHANGES -> cloudChanges(random);
      case SPEC_EDIT -> edit(RandomSpec.near(store.current().getSpec(), random));
      case TASK_ID_EDIT -> edit(RandomSpec.forAnyTask(store.current().getSpec(), random));
      case LABEL_EDIT -> store.touch();
      case REFRESH -> store.requestRefresh("r" + random.nextInt(4));
      case FORGERY -> forge(random);
      case PHASE_FORGERY -> forgePhase(random);
      case RECREATION -> recreate(RandomSpec.near(SPEC, random), random.nextBoolean());
      case RESTART -> restart(random);
      case STALE_VISIT -> staleVisit();
      default -> troubledVisit(happening, random);
    }
    visitIfNeeded();
    calm();
  }

  /** Once everything works again, the object gets to its end. */
  void endWell() {
    log.add("all is well at " + now);
    if (store.isEmpty()) {
      return;
    }
    edited = false;
    says.succeed(now);
    edit(SPEC);
    visitIfNeeded();
    for (int i = 0; i < 40 && !shown.seen().finished() && !store.isEmpty(); i++) {
      untilTimer();
      visitIfNeeded();
    }
    assertTrue(shown.seen().finished() || store.isEmpty(), "a task is never given up");
  }

  private void untilTimer() {
    pass(Math.max((timer - nanos) / 1_000_000, 0));
  }

  private void cloudChanges(Random random) {
    says.change(random, now);
    log.add("  cloud: " + says);
    if (random.nextInt(3) > 0) {
      untilTimer();
    }
  }

  private void edit(AckTaskSpec spec) {
    log.add("  spec: " + spec);
    if (!spec.equals(store.current().getSpec())) {
      store.edit(spec);
      edited = true;
    }
  }

  private void recreate(AckTaskSpec spec, boolean withDefault) {
    log.add("  new object: " + spec + (withDefault ? " with the CRD's default" : ""));
    store.createdAt = now.toString();
    store.create("u" + ++uids, spec);
    if (withDefault) {
      store.startFrom(Forgery.CRD_DEFAULT);
    }
    shown = Shown.NOTHING;
    edited = true;
  }

  private void forge(Random random) {
    AckTask task = store.current();
    Seen seen = RandomSpec.one(random, Seen.values());
    String taskId = RandomSpec.one(random, TASK_ID, TASK_ID, RandomSpec.OTHER_ID, null);
    String refresh = RandomSpec.one(random, null, "r1", "r2");
    if (random.nextInt(6) == 0) {
      store.forge(RandomSpec.one(random, null, Forgery.CRD_DEFAULT));
      shown = Shown.NOTHING;
    } else {
      long generation = task.getMetadata().getGeneration() - random.nextInt(2);
      Forgery forgery = new Forgery(seen, taskId, generation, refresh, now);
      store.forge(forgery.status());
      shown = forgery.shown();
    }
    log.add("  forged: " + shown);
    edited = true;
  }

  /** Only the phase, as one who knows no more of the status would. */
  private void forgePhase(Random random) {
    AckTaskStatus status = status();
    if (status == null || status.conditions().isEmpty()) {
      return;
    }
    Phase phase = RandomSpec.one(random, Phase.SUCCEEDED, Phase.FAILED);
    store.forge(Forgery.withPhase(status, phase));
    shown = Forgery.withPhase(shown, phase);
    log.add("  forged: phase " + phase);
    edited = true;
  }

  private void restart(Random random) {
    reconciler = start(RandomSpec.one(random, 6_000, 6_000, 4));
    missingSince.clear();
    leads = true;
    delivered = null;
  }

  /** The framework hands out an object that was changed a moment ago. */
  private void staleVisit() {
    if (older != null) {
      visit(older.task(), older.shown());
    }
  }

  /** A visit that is due, most likely with news to write, and with something that goes wrong. */
  private void troubledVisit(ModelHappening trouble, Random random) {
    cloudChanges(random);
    untilTimer();
    switch (trouble) {
      case EDIT_DURING_THE_VISIT -> once(() -> editMeanwhile(random));
      case CONFLICTS -> conflicts(random.nextInt(70));
      case WRITE_LOST -> store.beforeEachWrite(this::unavailable);
      case ANSWER_OF_WRITE_LOST ->
          store.afterEachWrite(
              () -> {
                coverage.mark("write landed, answer lost", true);
                unavailable();
              });
      case DETAILS_REFUSED -> store.accept(status -> status.taskType() == null);
      case LEADERSHIP_LOST -> leads = false;
      case CRASH -> says.crash(true);
      default -> throw new AssertionError(trouble);
    }
  }

  private void editMeanwhile(Random random) {
    log.add("  meanwhile");
    switch (random.nextInt(7)) {
      case 0 -> forge(random);
      case 1 -> recreate(RandomSpec.near(SPEC, random), random.nextBoolean());
      case 2 -> edit(RandomSpec.forAnyTask(store.current().getSpec(), random));
      case 3 -> store.requestRefresh("r" + random.nextInt(4));
      case 4 -> store.touch();
      default -> edit(RandomSpec.near(store.current().getSpec(), random));
    }
    edited = true;
  }

  private void conflicts(int count) {
    int[] left = {count};
    store.beforeEachWrite(
        () -> {
          if (left[0]-- > 0) {
            coverage.mark("conflict", true);
            store.touch();
          }
        });
    faulty = count >= 50; // more than the operator tries
  }

  private void unavailable() {
    faulty = true;
    throw new KubernetesClientException("down", 503, null);
  }

  /** Troubles last for one step. */
  private void calm() {
    store.beforeEachWrite(() -> {});
    store.afterEachWrite(() -> {});
    store.accept(status -> true);
    says.crash(false);
    faulty = false;
    leads = true;
  }

  /** Events and the timer, as the framework brings them, until there is nothing more to do. */
  private void visitIfNeeded() {
    for (int visits = 0; !store.isEmpty(); visits++) {
      assertTrue(visits < 8, "visits do not end");
      AckTask task = store.current();
      boolean told =
          delivered == null
              || Edits.matter(
                  FakeAckTaskStore.asWatched(task), FakeAckTaskStore.asWatched(delivered.task()));
      older = delivered;
      delivered = new Copy(task, shown);
      if (!told && nanos < timer) {
        if (!troubled && !TaskModel.doubtful(task, shown)) {
          assertEquals(task.getMetadata().getGeneration(), shown.generation(), "acknowledged");
        }
        return;
      }
      edited = false;
      visit(task, shown);
      boolean own = !store.isEmpty() && !edited && leads;
      assertFalse(
          own
              && Edits.matter(
                  FakeAckTaskStore.asWatched(store.current()), FakeAckTaskStore.asWatched(task)),
          "wakes itself up");
    }
  }

  private void visit(AckTask task, Shown as) {
    String uid = task.getMetadata().getUid();
    int calls = cloud.calls.size();
    int attempts = store.attempts;
    int reads = store.reads;
    int written = store.written.size();
    int stumbled = stumbles;
    AckTaskStatus before = store.current().getStatus();
    Shown shownBefore = shown;
    AckTask watched = FakeAckTaskStore.asWatched(task);
    long wait = reconciler.reconcile(watched, null).getScheduleDelay().orElse(-1L);
    if (brokenLaw != null) {
      throw brokenLaw;
    }
    timer = nanos + 1_000_000L * (wait < 0 ? LONGEST_SILENCE : wait);
    boolean called = cloud.calls.size() > calls;
    boolean failed = stumbles > stumbled;
    troubled = failed;
    log.add(
        "  visit: "
            + (called ? "called, " : "")
            + (store.written.size() - written)
            + " written, "
            + wait
            + " ms");
    assertTrue(!failed || faulty || says.crashes() || !leads, "fails without a cause");

    boolean expired = expired(task, as);
    boolean rests = expired || TaskModel.rests(task, as) || TaskModel.malformed(task);
    assertFalse(called && rests, "asks although it is not to");
    assertTrue(rests || wait < Duration.ofMinutes(70).toMillis(), "comes back in time");
    if (store.isEmpty()) {
      assertTrue(expired, "deleted before its time");
      assertTrue(leads, "deleted although another replica may lead");
      coverage.mark("expired", true);
      return;
    }
    if (expired) {
      return;
    }
    String key = uid + task.getSpec().taskId();
    Instant since = missingSince.getOrDefault(key, now);
    boolean decidedAnew = store.attempts > attempts || store.reads > reads;
    AckTask fresh = decidedAnew ? store.current() : task;
    Shown base = decidedAnew ? shown : as;
    boolean another =
        !fresh.getMetadata().getUid().equals(uid)
            || !Objects.equals(fresh.getSpec().taskId(), task.getSpec().taskId());
    Shown next = decide(task, as, fresh, base, called, since);
    boolean landed = store.written.size() > written;
    if (another) {
      assertFalse(landed, "what was seen of another object is written");
    } else if (landed) {
      coverage.of(fresh, base, next, status());
      boolean minimal = status().updatedTime() == null;
      shown = (minimal ? next.withoutUpdated() : next).byOperator();
    } else if (!failed) {
      assertEquals(next.facts(), base.facts(), "not written");
    }
    assertEquals(shown.facts(), TaskModel.facts(status()));
    if (!failed) {
      boolean counts = called && !another && !next.seen().finished();
      missingSince.keySet().removeIf(k -> k.startsWith(uid) && (called || rests || another));
      if (counts && says.knowsNoTask()) {
        missingSince.put(key, since);
      }
    }
    if (!edited && shownBefore.isFinal(task)) {
      ModelLaws.checkLatch(before, status(), called);
    }
  }

  private Shown decide(
      AckTask task, Shown as, AckTask fresh, Shown base, boolean called, Instant since) {
    if (called) {
      return says.crashes()
          ? base
          : TaskModel.afterLook(
              fresh,
              base,
              says.answer(task.getSpec().taskId()),
              TaskModel.refresh(task),
              now,
              since);
    }
    return TaskModel.malformed(task) && !TaskModel.rests(task, as)
        ? TaskModel.refused(fresh, base, now)
        : TaskModel.withoutLook(fresh, base, now);
  }

  private boolean expired(AckTask task, Shown as) {
    Long ttl = task.getSpec().ttlSecondsAfterFinished();
    AckTaskStatus status = task.getStatus();
    if (ttl == null
        || !as.seen().finished()
        || !as.own()
        || !Objects.equals(as.taskId(), task.getSpec().taskId())) {
      return false;
    }
    Instant told =
        status.conditions().stream()
            .filter(c -> c.type().equals("Succeeded"))
            .map(c -> Instant.parse(c.lastTransitionTime()))
            .findFirst()
            .orElseThrow();
    Instant completed = Instant.parse(status.completionTime());
    return !now.isBefore(told.plusSeconds(600))
        && !now.isBefore(completed.plusSeconds(Math.max(ttl, 600)));
  }

  /** The reconciler survives whatever is thrown at it, so that it is thrown after the visit. */
  private void inspect(AckTaskStatus before, AckTaskStatus after) {
    try {
      assertTrue(leads, "writes although another replica may lead");
      ModelLaws.checkWrite(store.current(), before, after);
      if (after.phase() == Phase.SUCCEEDED) {
        String taskId = store.current().getSpec().taskId();
        assertTrue(says.saidSuccess(taskId), "the cloud did not say so");
      }
    } catch (AssertionError broken) {
      brokenLaw = broken;
    }
  }
}
