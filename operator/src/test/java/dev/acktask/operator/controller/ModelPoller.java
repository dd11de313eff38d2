package dev.acktask.operator.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the poller holds by its contract: the latest answer for each task while an object is polled,
 * and a final one also afterwards; and which refresh request the latest answer is for.
 */
final class ModelPoller {
  private static final Duration FIRST_POLL_TIMEOUT = Duration.ofSeconds(10);

  /**
   * The latest answer for a task.
   *
   * @param missing time between the first and the last of uninterrupted "not found" answers
   * @param order among polls and refresh requests
   */
  private record Held(ModelAnswer answer, Duration missing, long order) {
    boolean isFinal() {
      return answer instanceof ModelAnswer.Found found && found.observation().finished();
    }
  }

  /** The polled object; {@code order} is that of its refresh request. */
  private record Tracked(String uid, String taskId, long since, String request, long order) {
    boolean isFor(AckTask task) {
      return uid.equals(task.getMetadata().getUid()) && taskId.equals(task.getSpec().taskId());
    }
  }

  /**
   * What a reconcile gets.
   *
   * @param request refresh request that is answered, or null
   */
  record Latest(ModelAnswer answer, Duration missing, long order, String request) {}

  private final Map<String, Held> held = new HashMap<>();
  private String lost;
  private String routed;
  private Tracked tracked;
  private Instant missingSince;
  private boolean isRequested;
  private boolean isFinalDropped;
  private boolean isPolled;
  private long order;

  /** A new process holds nothing. */
  void restart() {
    held.clear();
    tracked = null;
    missingSince = null;
    isRequested = false;
    isFinalDropped = false;
    isPolled = false;
  }

  /**
   * The object uses another connection, of which nothing is known yet.
   *
   * @param cause reason of Synced if it cannot be used; else null
   */
  void connect(String cause) {
    delete();
    held.clear();
    lost = cause;
  }

  void drop(String taskId) {
    isFinalDropped |= isFinal();
    held.remove(taskId);
  }

  /** The informer has a new or changed object; {@code now} in monotonic nanoseconds. */
  void deliver(AckTask task, ExpectedStatus expected, long now) {
    String taskId = task.getSpec().taskId();
    String uid = task.getMetadata().getUid();
    String request = TaskModel.refresh(task);
    boolean isIdle = TaskModel.isIdle(task, expected);
    boolean isPolled = !isIdle && lost == null && !TaskModel.malformed(task);
    if (!isPolled || tracked == null || !tracked.isFor(task)) {
      delete();
    }
    routed = isIdle ? null : uid;
    if (!isPolled) {
      return;
    }
    boolean isKnown = tracked != null && request != null && request.equals(tracked.request);
    long since = tracked == null ? now : tracked.since;
    tracked = new Tracked(uid, taskId, since, request, isKnown ? tracked.order : ++order);
    boolean isOpen = request != null && !Objects.equals(request, expected.refresh());
    isRequested |= isOpen && !isAnswered();
  }

  /** The object is deleted or not polled any more. */
  void delete() {
    if (tracked != null) {
      Held last = held.get(tracked.taskId);
      if (last != null && !last.isFinal()) {
        held.remove(tracked.taskId);
      }
    }
    tracked = null;
    routed = null;
    missingSince = null;
    isRequested = false;
    isFinalDropped = false;
    isPolled = false;
  }

  /** The id of the task that is polled, or null. */
  String taskId() {
    return tracked == null ? null : tracked.taskId;
  }

  /** True if the task is to be polled: it is not final, or it is to be read again. */
  boolean mayPoll() {
    return tracked != null && (isRequested || !isFinal());
  }

  /** True if a poll is scheduled; a dropped final observation is read again for a reconcile. */
  boolean mustPoll() {
    return mayPoll() && (isRequested || !isFinalDropped);
  }

  /** A poll ended; {@code isUnchanged} if the answer is the one before. */
  void polled(ModelAnswer answer, boolean isUnchanged, Instant now) {
    isPolled = true;
    isRequested = false;
    isFinalDropped = false;
    boolean isMissing =
        answer instanceof ModelAnswer.Hold hold && hold.reason().equals("TaskNotFound");
    missingSince = !isMissing ? null : missingSince == null ? now : missingSince;
    Duration missing = isMissing ? Duration.between(missingSince, now) : Duration.ZERO;
    order++;
    if (!isUnchanged) {
      held.put(tracked.taskId, new Held(answer, missing, order));
    }
  }

  Optional<Latest> latest(AckTask task, ExpectedStatus as) {
    if (lost != null) {
      return TaskModel.isIdle(task, as) || !task.getMetadata().getUid().equals(routed)
          ? Optional.empty()
          : Optional.of(new Latest(new ModelAnswer.Hold(lost), Duration.ZERO, 0, null));
    }
    Held last = tracked != null && tracked.isFor(task) ? held.get(tracked.taskId) : null;
    return last == null || TaskModel.isIdle(task, as)
        ? Optional.empty()
        : Optional.of(
            new Latest(
                last.answer, last.missing, last.order, isAnswered() ? tracked.request : null));
  }

  /** True for ten seconds without a poll, and after one: then no status is without an answer. */
  boolean isNew(AckTask task, long now) {
    return tracked == null
        || isPolled
        || !tracked.isFor(task)
        || now - tracked.since < FIRST_POLL_TIMEOUT.toNanos();
  }

  /** The status has this answer; one about a running task is not held any longer. */
  void release(AckTask task, Latest latest) {
    Held last = tracked != null && tracked.isFor(task) ? held.get(tracked.taskId) : null;
    if (last != null
        && last.order == latest.order
        && last.answer instanceof ModelAnswer.Found
        && !last.isFinal()) {
      held.remove(tracked.taskId);
    }
  }

  private boolean isAnswered() {
    Held last = held.get(tracked.taskId);
    return last != null && last.order > tracked.order;
  }

  private boolean isFinal() {
    Held last = held.get(tracked.taskId);
    return last != null && last.isFinal();
  }
}
