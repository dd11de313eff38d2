package dev.acktask.e2e.history;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Checks that the operator sends no more requests and status writes than it has reasons: S6. */
final class WorkChecker {
  /** The jitter of polls is 10 %. */
  private static final double SHORTEST_INTERVAL = 0.9;

  private final History history;
  private final List<ObjectLife> lives;
  private final List<Violation> violations = new ArrayList<>();

  private WorkChecker(History history) {
    this.history = history;
    this.lives = history.lives();
  }

  static List<Violation> check(History history) {
    WorkChecker checker = new WorkChecker(history);
    checker.lives.forEach(checker::boundedWrites);
    history.answers().stream()
        .map(CloudAnswer::taskId)
        .distinct()
        .forEach(checker::boundedRequests);
    return checker.violations;
  }

  /** Allows one write for the first poll, for each changed answer and for each edit of the spec. */
  private void boundedWrites(ObjectLife life) {
    long writes = 0;
    for (int i = 1; i < life.versions().size(); i++) {
      writes += ObjectLife.isWrite(life.versions().get(i - 1), life.versions().get(i)) ? 1 : 0;
    }
    long changes = 1L + history.bounds().extra();
    String previous = "";
    for (CloudAnswer answer : life.answers()) {
      changes += answer.content().equals(previous) ? 0 : 1;
      previous = answer.content();
    }
    changes += life.generations();
    changes += life.forgeries();
    if (writes > changes) {
      report(life.first(), writes + " writes for " + changes + " changes");
    }
  }

  private void boundedRequests(String taskId) {
    List<Instant> requests =
        history.answers().stream()
            .filter(answer -> answer.taskId().equals(taskId))
            .map(CloudAnswer::asked)
            .toList();
    double most = history.bounds().extra();
    Instant quiet = Instant.MIN;
    for (ObjectLife life : lives) {
      if (!life.first().taskId().equals(taskId)) {
        continue;
      }
      Instant until = followedUntil(life);
      quiet = quiet.isAfter(until) ? quiet : until;
      double interval = history.bounds().interval().toMillis() * SHORTEST_INTERVAL;
      most += 2 + Duration.between(life.first().created(), until).toMillis() / interval;
      // Each edit of the spec and each status of another writer allows one more poll.
      most += life.generations() - 1;
      most += life.forgeries();
    }
    if (requests.size() > most) {
      report("task " + taskId, requests.size() + " requests, at most " + (long) most);
    }
    Instant silent = quiet.equals(Instant.MIN) ? quiet : quiet.plus(history.bounds().propagation());
    long late = requests.stream().filter(request -> request.isAfter(silent)).count();
    if (late > history.bounds().extra()) {
      report("task " + taskId, late + " requests after its last reason to be polled");
    }
  }

  /** The end of the last reason to poll the task of an object. */
  private Instant followedUntil(ObjectLife life) {
    List<ObjectVersion> versions = life.versions();
    for (int i = versions.size() - 1; i >= 0; i--) {
      ObjectVersion version = versions.get(i);
      boolean followed = !version.finalState().isFinal() || life.isForged(version);
      if (followed && i < versions.size() - 1) {
        return versions.get(i + 1).observedAt();
      }
      if (followed) {
        return life.last().deleted() ? life.last().observedAt() : history.period().end();
      }
    }
    return life.first().observedAt();
  }

  private void report(Object where, String what) {
    violations.add(Violation.of(Invariant.S6, where, what));
  }
}
