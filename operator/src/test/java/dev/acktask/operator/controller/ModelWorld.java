package dev.acktask.operator.controller;

import static dev.acktask.operator.api.v1alpha1.AckTasks.TASK_ID;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.Phase;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskRef;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;

/**
 * Simulates one object, its cloud, its API server and the framework (filtered events, one timer).
 * After each reconcile it compares the stored status with the {@link TaskModel} and checks {@link
 * ModelLaws}.
 */
final class ModelWorld extends ReconcilerTestCase {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
  private static final long RESYNC_INTERVAL = Duration.ofMinutes(10).toMillis();

  /** A cached object with its expected status. */
  private record Copy(AckTask task, ExpectedStatus expected) {}

  final List<String> log = new ArrayList<>();
  private final ModelCoverage coverage;
  private final ModelPoller model = new ModelPoller();
  private final ModelCloud cloudModel =
      new ModelCloud(Map.of(TASK_ID, START.minus(Duration.ofMinutes(90))), START);
  private final ModelConnection connection = new ModelConnection(connections);
  private final ModelObject object = new ModelObject(store, () -> now, log);
  private Runnable duringPoll = () -> {};
  private Copy delivered;
  private Copy older;
  private long timer;
  private boolean faulty;
  private boolean hasFailed;
  private boolean isClockSet;
  private AssertionError brokenLaw;

  ModelWorld(ModelCoverage coverage) {
    this.coverage = coverage;
    cloud.answer(this::describe);
    store.inspect(this::inspect);
    object.recreate(ModelObject.SPEC, false);
    reconcileIfNeeded();
  }

  /** Applies {@code happening} and its immediate consequences. */
  void happens(ModelHappening happening, Random random) {
    if (store.isEmpty()) {
      object.recreate(RandomSpec.near(ModelObject.SPEC, random), random.nextBoolean());
    }
    log.add(happening + " at " + now);
    object.isEdited = false;
    switch (happening) {
      case TIME_PASSES -> untilTimer();
      case LONG_TIME_PASSES -> pass(60_000L * (1 + random.nextInt(300)));
      case CLOCK_IS_SET -> setClock(random);
      case CLOUD_CHANGES -> cloudChanges(random);
      case SPEC_EDIT -> object.edit(RandomSpec.near(store.current().getSpec(), random));
      case TASK_ID_EDIT -> object.edit(RandomSpec.forAnyTask(store.current().getSpec(), random));
      case LABEL_EDIT -> store.touch();
      case REFRESH -> store.requestRefresh("r" + random.nextInt(4));
      case FORGERY -> object.forge(random);
      case PHASE_FORGERY -> object.forgePhase(random);
      case RECREATION ->
          object.recreate(RandomSpec.near(ModelObject.SPEC, random), random.nextBoolean());
      case RESTART -> restart(random);
      case CONNECTION_CHANGES -> changeConnection(() -> connection.change(random));
      case CONNECTION_CHANGES_DURING_POLL -> changeConnectionDuringPoll(random);
      case OBSERVATION_DROPPED -> dropObservation();
      case STALE_RECONCILE -> reconcileStale();
      default -> reconcileWithFault(happening, random);
    }
    reconcileIfNeeded();
    endFaults();
  }

  /** Checks that the task finishes after all faults have ended. */
  void finishWithoutFaults() {
    log.add("faults end at " + now);
    if (store.isEmpty()) {
      return;
    }
    object.isEdited = false;
    changeConnection(connection::create);
    cloudModel.succeed(now);
    object.edit(ModelObject.SPEC);
    reconcileIfNeeded();
    for (int i = 0; i < 40 && !object.expected.observation().finished() && !store.isEmpty(); i++) {
      untilTimer();
      reconcileIfNeeded();
    }
    assertTrue(object.expected.observation().finished() || store.isEmpty(), "every task ends");
  }

  /** Lets time pass until the next reconcile or poll. */
  private void untilTimer() {
    long untilTimer = Math.max((timer - nanos) / 1_000_000, 0);
    pass(poller.untilNextPoll().map(wait -> Math.min(untilTimer, millis(wait))).orElse(untilTimer));
  }

  private void cloudChanges(Random random) {
    cloudModel.change(random, now);
    log.add("  cloud: " + cloudModel);
    if (random.nextInt(3) > 0) {
      untilTimer();
    }
  }

  private void restart(Random random) {
    reconciler = start(RandomSpec.one(random, 6_000, 6_000, 4));
    model.restart();
    isLeader = true;
    delivered = null;
  }

  private void changeConnection(Runnable change) {
    int version = connection.version();
    change.run();
    log.add("  connection: " + connection);
    if (connection.version() != version) {
      cloudModel.connectionChanges();
      model.connect(connection.cause());
      if (delivered != null && !store.isEmpty()) {
        model.deliver(delivered.task(), delivered.expected(), nanos);
      }
    }
  }

  private void changeConnectionDuringPoll(Random random) {
    duringPoll = () -> changeConnection(() -> connection.change(random));
    untilTimer();
  }

  private TaskLookup describe(TaskRef ref) {
    TaskLookup answer = cloudModel.describe(ref);
    Runnable meanwhile = duringPoll;
    duringPoll = () -> {};
    meanwhile.run();
    return answer;
  }

  /** Timers run on the monotonic clock; the next reconcile uses the new time. */
  private void setClock(Random random) {
    now = now.plusSeconds(random.nextInt(1_200) - 600L);
    isClockSet = true;
  }

  private void dropObservation() {
    if (model.taskId() != null) {
      poller.dropObservation(model.taskId());
      model.drop(model.taskId());
    }
  }

  /** Reconciles an outdated cached object. */
  private void reconcileStale() {
    if (older != null) {
      reconcile(older.task(), older.expected());
    }
  }

  /** A due reconcile with a fault, usually with a changed answer. */
  private void reconcileWithFault(ModelHappening fault, Random random) {
    cloudChanges(random);
    untilTimer();
    switch (fault) {
      case EDIT_DURING_RECONCILE -> beforeNextWrite(() -> object.editDuringReconcile(random));
      case CONFLICTS -> conflicts(random.nextInt(70));
      case WRITE_LOST -> store.beforeEachWrite(this::unavailable);
      case ANSWER_OF_WRITE_LOST ->
          store.afterEachWrite(
              () -> {
                coverage.mark("write landed, answer lost", true);
                unavailable();
              });
      case DETAILS_REFUSED -> store.accept(status -> status.taskType() == null);
      case LEADERSHIP_LOST -> isLeader = false;
      case CRASH -> cloudModel.crash(true);
      default -> throw new AssertionError(fault);
    }
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

  /** Ends all faults after the step. */
  private void endFaults() {
    duringPoll = () -> {};
    store.beforeEachWrite(() -> {});
    store.afterEachWrite(() -> {});
    store.accept(status -> true);
    cloudModel.crash(false);
    faulty = false;
    isLeader = true;
  }

  /** Delivers events, polls and the timer until nothing is left to do. */
  private void reconcileIfNeeded() {
    boolean isDelivered = deliver();
    boolean isTriggered = !poller.takeEvents().isEmpty() || isDelivered;
    for (int runs = 0; !store.isEmpty(); runs++) {
      assertTrue(runs < 12, "reconciles do not end");
      if (!isTriggered && nanos < timer) {
        if (!poll()) {
          checkSettled();
          return;
        }
      } else {
        AckTask task = delivered.task();
        object.isEdited = false;
        reconcile(task, delivered.expected());
        boolean own = !store.isEmpty() && !object.isEdited && isLeader;
        assertFalse(
            own
                && UpdateFilter.accepts(
                    FakeAckTaskStore.asWatched(store.current()), FakeAckTaskStore.asWatched(task)),
            "a write of the operator triggers a reconcile");
      }
      boolean isObserved = !poller.takeEvents().isEmpty();
      isTriggered = deliver() || isObserved;
    }
    deliver();
  }

  /** The informer has the present object; true if that triggers a reconcile. */
  private boolean deliver() {
    if (store.isEmpty()) {
      poller.delete(delivered.task());
      model.delete();
      return false;
    }
    AckTask task = store.current();
    AckTask watched = FakeAckTaskStore.asWatched(task);
    boolean isTriggered =
        delivered == null
            || UpdateFilter.accepts(watched, FakeAckTaskStore.asWatched(delivered.task()));
    older = delivered;
    delivered = new Copy(task, object.expected);
    poller.put(watched);
    model.deliver(task, object.expected, nanos);
    return isTriggered;
  }

  /** Runs one poll if one is due. */
  private boolean poll() {
    int calls = cloud.calls.size();
    int unchanged = cloud.unchanged;
    String taskId = model.taskId();
    boolean isIdle = !model.mayPoll();
    int version = connection.version();
    boolean isPolled = poller.poll();
    assertEquals(isPolled ? 1 : 0, cloud.calls.size() - calls);
    if (isPolled) {
      assertFalse(isIdle, "polls although idle");
      assertEquals(taskId, cloud.calls.getLast());
      ModelAnswer answer =
          cloudModel.crashes() ? new ModelAnswer.Hold("ApiUnavailable") : cloudModel.answer(taskId);
      boolean isOutdated = connection.version() != version;
      coverage.mark("poll of an earlier connection", isOutdated);
      if (!isOutdated) {
        model.polled(answer, cloud.unchanged > unchanged, now);
      }
      log.add("  polled: " + answer + (cloud.unchanged > unchanged ? ", unchanged" : ""));
    }
    return isPolled;
  }

  /** Checks that no event is lost, when nothing is left to do. */
  private void checkSettled() {
    AckTask task = store.current();
    ExpectedStatus expected = object.expected;
    if (model.mustPoll()) {
      Duration wait = poller.untilNextPoll().orElseThrow();
      assertTrue(wait.compareTo(Duration.ofMinutes(70)) < 0, "the next poll is too late");
    }
    // A status without details has no time that shows a lagging answer.
    boolean isMinimal = task.getStatus() != null && task.getStatus().updatedTime() == null;
    if (!hasFailed && !isClockSet && !isMinimal && !isUnpolled(task, expected)) {
      assertEquals(decide(task, expected, task, expected).facts(), expected.facts(), "settled");
    }
  }

  private void reconcile(AckTask task, ExpectedStatus as) {
    String uid = task.getMetadata().getUid();
    int calls = cloud.calls.size();
    int attempts = store.attempts;
    int reads = store.reads;
    int written = store.written.size();
    int failuresBefore = failures;
    AckTaskStatus before = store.current().getStatus();
    ExpectedStatus expectedBefore = object.expected;
    long wait = reconcileOnce(FakeAckTaskStore.asWatched(task));
    if (brokenLaw != null) {
      throw brokenLaw;
    }
    timer = nanos + 1_000_000L * (wait < 0 ? RESYNC_INTERVAL : wait);
    boolean failed = failures > failuresBefore;
    hasFailed = failed;
    isClockSet = false;
    log.add("  reconcile: " + (store.written.size() - written) + " written, " + wait + " ms");
    assertTrue(!failed || faulty || !isLeader, "fails without a cause");
    assertEquals(calls, cloud.calls.size(), "a reconcile calls the cloud");

    boolean expired = TaskModel.isExpired(task, as, now);
    if (store.isEmpty()) {
      assertTrue(expired, "deleted before its TTL");
      assertTrue(isLeader, "deleted although another replica may lead");
      coverage.mark("expired", true);
      return;
    }
    if (expired) {
      return;
    }
    coverage.mark("connection is lost", connection.cause() != null);
    boolean isDecidedAgain = store.attempts > attempts || store.reads > reads;
    AckTask fresh = isDecidedAgain ? store.current() : task;
    ExpectedStatus base = isDecidedAgain ? object.expected : as;
    boolean another =
        !fresh.getMetadata().getUid().equals(uid)
            || !Objects.equals(fresh.getSpec().taskId(), task.getSpec().taskId());
    ExpectedStatus next = decide(task, as, fresh, base);
    boolean landed = store.written.size() > written;
    if (another) {
      assertFalse(landed, "an observation of another object is written");
    } else if (landed) {
      coverage.of(fresh, base, next, status());
      boolean minimal = status().updatedTime() == null;
      object.expected = (minimal ? next.withoutUpdated() : next).byOperator();
    } else if (!failed) {
      assertEquals(next.facts(), base.facts(), "not written");
    }
    assertEquals(object.expected.facts(), TaskModel.facts(status()));
    Optional<ModelPoller.Latest> latest = model.latest(task, as);
    if (!object.isEdited && expectedBefore.isFinal(task)) {
      ModelLaws.checkLatch(before, status(), latest.isPresent());
    }
    if (!failed) {
      latest.ifPresent(used -> model.release(task, used));
    }
  }

  private ExpectedStatus decide(
      AckTask task, ExpectedStatus as, AckTask fresh, ExpectedStatus base) {
    if (TaskModel.malformed(task) && !TaskModel.isIdle(task, as)) {
      return TaskModel.refused(fresh, base, now);
    }
    Optional<ModelPoller.Latest> latest = model.latest(task, as);
    if (latest.isPresent()) {
      Instant missingSince = now.minus(latest.get().missing());
      return TaskModel.afterPoll(
          fresh, base, latest.get().answer(), latest.get().request(), now, missingSince);
    }
    return isUnpolled(task, as) ? base : TaskModel.withoutPoll(fresh, base, now);
  }

  /** True for a new object, whose first status waits a little for its first poll. */
  private boolean isUnpolled(AckTask task, ExpectedStatus as) {
    return model.latest(task, as).isEmpty()
        && TaskModel.isNew(task, as)
        && model.isNew(task, nanos);
  }

  /** Keeps the error for after the reconcile, because the reconciler catches everything. */
  private void inspect(AckTaskStatus before, AckTaskStatus after) {
    try {
      assertTrue(isLeader, "writes although another replica may lead");
      ModelLaws.checkWrite(store.current(), before, after);
      if (after.phase() == Phase.SUCCEEDED) {
        String taskId = store.current().getSpec().taskId();
        assertTrue(cloudModel.everReportedSuccess(taskId), "the cloud did not report it");
        assertTrue(
            cloudModel.reportedSuccess(taskId)
                || (before != null && before.phase() == Phase.SUCCEEDED),
            "another connection reported it");
      }
    } catch (AssertionError broken) {
      brokenLaw = broken;
    }
  }
}
