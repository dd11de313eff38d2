package dev.acktask.operator.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.Phase;
import dev.acktask.operator.controller.TaskModel.Seen;
import dev.acktask.operator.controller.TaskModel.Shown;
import dev.acktask.operator.decision.StatusInvariants;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * One object, its cloud and its API server over a long life, with the framework's part (events that
 * matter, one timer) played by hand. After each visit what is stored is held against the {@link
 * TaskModel}, and against laws that need no model.
 */
final class ModelWorld extends ReconcilerTestCase {
  private static final String OTHER_ID = "T-000000000000000000000b02";
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
  private static final long LONGEST_SILENCE = Duration.ofMinutes(10).toMillis();

  /** What can happen, and how often. */
  enum Happening {
    TIME_PASSES(30),
    LONG_TIME_PASSES(4),
    CLOCK_IS_SET(1),
    CLOUD_CHANGES(16),
    SPEC_EDIT(12),
    TASK_ID_EDIT(4),
    LABEL_EDIT(2),
    REFRESH(5),
    FORGERY(5),
    PHASE_FORGERY(2),
    RECREATION(2),
    RESTART(3),
    STALE_VISIT(3),
    EDIT_DURING_THE_VISIT(6),
    CONFLICTS(3),
    WRITE_LOST(4),
    ANSWER_OF_WRITE_LOST(4),
    DETAILS_REFUSED(2),
    LEADERSHIP_LOST(2),
    CRASH(2);

    private final int weight;

    Happening(int weight) {
      this.weight = weight;
    }

    static Happening draw(Random random) {
      int draw = random.nextInt(Arrays.stream(values()).mapToInt(h -> h.weight).sum());
      for (Happening happening : values()) {
        draw -= happening.weight;
        if (draw < 0) {
          return happening;
        }
      }
      throw new AssertionError();
    }
  }

  /** What was reached: a model test that never gets to the interesting places shows nothing. */
  static final class Coverage {
    private final Set<Seen> shown = EnumSet.noneOf(Seen.class);
    private final Set<String> marks = new TreeSet<>();

    void assertComplete() {
      assertEquals(EnumSet.allOf(Seen.class), shown);
      List<String> all =
          List.of(
              "acknowledged when finished",
              "conflict",
              "doubt dispelled",
              "expired",
              "minimal",
              "overdue",
              "refresh of a finished task",
              "suspended",
              "write landed, answer lost");
      assertEquals(new TreeSet<>(all), marks);
    }
  }

  /** An object as the framework hands it out, and what the model says that it shows. */
  private record Copy(AckTask task, Shown shown) {}

  final List<String> log = new ArrayList<>();
  private final Coverage coverage;
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

  ModelWorld(Coverage coverage) {
    this.coverage = coverage;
    cloud.answer(says::say);
    store.inspect(this::inspect);
    recreate(SPEC, false);
    visitIfNeeded();
  }

  /** Lets {@code happening} happen, then whatever follows from it at once. */
  void happens(Happening happening, Random random) {
    if (store.isEmpty()) {
      recreate(spec(SPEC, random), random.nextBoolean());
    }
    log.add(happening + " at " + now);
    edited = false;
    switch (happening) {
      case TIME_PASSES -> untilTimer();
      case LONG_TIME_PASSES -> pass(60_000L * (1 + random.nextInt(300)));
      case CLOCK_IS_SET -> now = now.plusSeconds(random.nextInt(1_200) - 600L);
      case CLOUD_CHANGES -> cloudChanges(random);
      case SPEC_EDIT -> edit(spec(store.current().getSpec(), random));
      case TASK_ID_EDIT -> edit(withTaskId(store.current().getSpec(), random));
      case LABEL_EDIT -> store.touch();
      case REFRESH -> store.requestRefresh("r" + random.nextInt(4));
      case FORGERY -> forge(random);
      case PHASE_FORGERY -> forgePhase(random);
      case RECREATION -> recreate(spec(SPEC, random), random.nextBoolean());
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

  private static AckTaskSpec spec(AckTaskSpec s, Random random) {
    int field = random.nextInt(9);
    return new AckTaskSpec(
        s.taskId(),
        field == 0 ? one(random, null, "c1", "c2") : s.clusterId(),
        field == 1 ? one(random, null, "15s", "1s", "1h", "often") : s.pollInterval(),
        List.of(2, 3, 4).contains(field) ? Boolean.valueOf(random.nextInt(3) == 0) : s.suspend(),
        field == 5 || field == 6 ? one(random, null, "10m", "2h", "soon") : s.deadline(),
        field == 7 ? one(random, null, 60L, 3_600L) : s.ttlSecondsAfterFinished(),
        s.include(),
        field == 8 ? one(random, null, "Strict", "StateOnly") : s.successPolicy());
  }

  /** Where an older CRD does not keep it from changing. */
  private static AckTaskSpec withTaskId(AckTaskSpec s, Random random) {
    return new AckTaskSpec(
        one(random, TASK_ID, TASK_ID, OTHER_ID, OTHER_ID, "../x", "", null),
        s.clusterId(),
        s.pollInterval(),
        s.suspend(),
        s.deadline(),
        s.ttlSecondsAfterFinished(),
        s.include(),
        s.successPolicy());
  }

  @SafeVarargs
  private static <T> T one(Random random, T... of) {
    return of[random.nextInt(of.length)];
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
    Seen seen = one(random, Seen.values());
    String taskId = one(random, TASK_ID, TASK_ID, OTHER_ID, null);
    String refresh = one(random, null, "r1", "r2");
    if (random.nextInt(6) == 0) {
      store.forge(one(random, null, Forgery.CRD_DEFAULT));
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
    Phase phase = one(random, Phase.SUCCEEDED, Phase.FAILED);
    store.forge(Forgery.withPhase(status, phase));
    shown = Forgery.withPhase(shown, phase);
    log.add("  forged: phase " + phase);
    edited = true;
  }

  private void restart(Random random) {
    reconciler = start(one(random, 6_000, 6_000, 4));
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
  private void troubledVisit(Happening trouble, Random random) {
    cloudChanges(random);
    untilTimer();
    switch (trouble) {
      case EDIT_DURING_THE_VISIT -> once(() -> editMeanwhile(random));
      case CONFLICTS -> conflicts(random.nextInt(70));
      case WRITE_LOST -> store.beforeEachWrite(this::unavailable);
      case ANSWER_OF_WRITE_LOST ->
          store.afterEachWrite(
              () -> {
                coverage.marks.add("write landed, answer lost");
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
      case 1 -> recreate(spec(SPEC, random), random.nextBoolean());
      case 2 -> edit(withTaskId(store.current().getSpec(), random));
      case 3 -> store.requestRefresh("r" + random.nextInt(4));
      case 4 -> store.touch();
      default -> edit(spec(store.current().getSpec(), random));
    }
    edited = true;
  }

  private void conflicts(int count) {
    int[] left = {count};
    store.beforeEachWrite(
        () -> {
          if (left[0]-- > 0) {
            coverage.marks.add("conflict");
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
      boolean told = delivered == null || Edits.matter(task, delivered.task());
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
      assertFalse(own && Edits.matter(store.current(), task), "wakes itself up");
    }
  }

  private void visit(AckTask task, Shown as) {
    String uid = task.getMetadata().getUid();
    int calls = cloud.calls.size();
    int attempts = store.attempts;
    int written = store.written.size();
    int stumbled = stumbles;
    AckTaskStatus before = store.current().getStatus();
    Shown shownBefore = shown;
    long wait = reconciler.reconcile(task, null).getScheduleDelay().orElse(-1L);
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
      coverage.marks.add("expired");
      missingSince.remove(uid);
      return;
    }
    if (expired) {
      missingSince.remove(uid);
      return;
    }
    Instant since = missingSince(task, as);
    boolean attempted = store.attempts > attempts;
    AckTask fresh = attempted ? store.current() : task;
    Shown base = attempted ? shown : as;
    boolean another =
        !fresh.getMetadata().getUid().equals(uid)
            || !Objects.equals(fresh.getSpec().taskId(), task.getSpec().taskId());
    Shown next = decide(task, as, fresh, base, called, since);
    boolean landed = store.written.size() > written;
    if (another) {
      assertFalse(landed, "what was seen of another object is written");
    } else if (landed) {
      cover(fresh, base, next);
      boolean minimal = status().updatedTime() == null;
      shown = (minimal ? next.withoutUpdated() : next).byOperator();
    } else if (!failed) {
      assertEquals(next.facts(), base.facts(), "not written");
    }
    assertEquals(shown.facts(), TaskModel.facts(status()));
    if (!failed) {
      boolean counts = called && !another && !next.seen().finished();
      missingSince.keySet().removeIf(key -> key.startsWith(uid) && (called || rests || another));
      if (counts && says.knowsNoTask()) {
        missingSince.put(uid + task.getSpec().taskId(), since);
      }
    }
    checkLatch(task, shownBefore, before, called);
  }

  /** A status of another task takes the memory with it, which only makes the answer later. */
  private Instant missingSince(AckTask task, Shown as) {
    String taskId = task.getSpec().taskId();
    Instant since = missingSince.get(task.getMetadata().getUid() + taskId);
    boolean ofAnother = as.taskId() != null && !as.taskId().equals(taskId);
    return since == null || ofAnother ? now : since;
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

  private void cover(AckTask fresh, Shown base, Shown next) {
    coverage.shown.add(next.seen());
    mark("overdue", next.overdue());
    mark("suspended", next.suspended());
    mark("minimal", status().taskType() == null && next.seen().finished());
    mark("doubt dispelled", TaskModel.doubtful(fresh, base));
    boolean latched = base.own() && base.seen().finished() && base.seen() == next.seen();
    mark("acknowledged when finished", latched && base.generation() != next.generation());
    mark("refresh of a finished task", latched && !Objects.equals(base.refresh(), next.refresh()));
  }

  private void mark(String what, boolean reached) {
    if (reached) {
      coverage.marks.add(what);
    }
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
      checkWrite(before, after);
    } catch (AssertionError broken) {
      brokenLaw = broken;
    }
  }

  /** Laws that hold for each write, whatever the model says. */
  private void checkWrite(AckTaskStatus before, AckTaskStatus after) {
    AckTask task = store.current();
    assertNotEquals(before, after, "writes without a change");
    assertTrue(leads, "writes although another replica may lead");
    StatusInvariants.check(after, task.getMetadata().getGeneration());
    if (after.phase() == Phase.SUCCEEDED) {
      assertTrue(says.saidSuccess(task.getSpec().taskId()), "the cloud did not say so");
    }
    if (before != null) {
      for (Condition is : after.conditions()) {
        for (Condition was : before.conditions()) {
          if (is.type().equals(was.type()) && is.status().equals(was.status())) {
            assertEquals(was.lastTransitionTime(), is.lastTransitionTime(), is.type());
          }
        }
      }
    }
  }

  /** Finished is final: nothing but an acknowledgement or the answer to a refresh. */
  private void checkLatch(AckTask task, Shown was, AckTaskStatus before, boolean called) {
    if (edited || !was.own() || !was.seen().finished()) {
      return;
    }
    if (!Objects.equals(was.taskId(), task.getSpec().taskId())) {
      return;
    }
    AckTaskStatus after = status();
    assertEquals(before.phase(), after.phase());
    assertEquals(before.reason(), after.reason());
    assertEquals(before.message(), after.message());
    assertEquals(before.completionTime(), after.completionTime());
    assertEquals(ofAnyGeneration(before), ofAnyGeneration(after));
    if (!called && before.observedGeneration().equals(after.observedGeneration())) {
      assertEquals(before, after);
    }
  }

  private static List<Condition> ofAnyGeneration(AckTaskStatus status) {
    return status.conditions().stream()
        .map(
            c ->
                new Condition(
                    c.type(), c.status(), c.reason(), c.message(), 0L, c.lastTransitionTime()))
        .toList();
  }
}
