package dev.acktask.e2e.history;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Checks that the operator sends no more requests and status writes than it has reasons: S6. */
final class WorkChecker {
  /** The jitter of polls is 10 %. */
  private static final double SHORTEST_INTERVAL = 0.9;

  private final History history;
  private final List<ObjectLife> lives;
  private final List<Violation> violations = new ArrayList<>();

  /** A task of the cloud. Two regions can have tasks with the same id. */
  private record RemoteTask(String taskId, String region) {
    static RemoteTask of(CloudAnswer answer) {
      return new RemoteTask(answer.taskId(), answer.region());
    }

    /** True when polls of an object may be polls of this task. */
    boolean mayBeOf(ObjectLife life) {
      return life.regions().isEmpty() || life.regions().contains(region);
    }

    @Override
    public String toString() {
      return "task " + taskId + " in " + region;
    }
  }

  private WorkChecker(History history) {
    this.history = history;
    this.lives = history.lives();
  }

  static List<Violation> check(History history) {
    WorkChecker checker = new WorkChecker(history);
    checker.lives.forEach(checker::boundedWrites);
    Map<String, List<ObjectLife>> byTask =
        checker.lives.stream().collect(Collectors.groupingBy(life -> life.first().taskId()));
    history.answers().stream()
        .collect(Collectors.groupingBy(RemoteTask::of, LinkedHashMap::new, Collectors.toList()))
        .forEach(
            (task, answers) ->
                checker.boundedRequests(
                    task, answers, byTask.getOrDefault(task.taskId, List.of())));
    return checker.violations;
  }

  /** Allows one write for the first poll, for each changed answer and for each edit of the spec. */
  private void boundedWrites(ObjectLife life) {
    long writes = 0;
    for (int i = 1; i < life.versions().size(); i++) {
      writes += ObjectLife.isWrite(life.versions().get(i - 1), life.versions().get(i)) ? 1 : 0;
    }
    long changes = 1L + history.bounds().extra() + changes(life.answers());
    changes += life.generations();
    changes += life.forgeries();
    if (writes > changes) {
      report(life.first(), writes + " writes for " + changes + " changes");
    }
  }

  private static long changes(List<CloudAnswer> answers) {
    long changes = 0;
    String previous = "";
    for (CloudAnswer answer : answers) {
      changes += answer.content().equals(previous) ? 0 : 1;
      previous = answer.content();
    }
    return changes;
  }

  private void boundedRequests(
      RemoteTask task, List<CloudAnswer> answers, List<ObjectLife> sameTask) {
    List<Instant> requests = answers.stream().map(CloudAnswer::asked).toList();
    double most = history.bounds().extra();
    Instant quiet = Instant.MIN;
    for (ObjectLife life : sameTask.stream().filter(task::mayBeOf).toList()) {
      Instant until = followedUntil(life);
      quiet = quiet.isAfter(until) ? quiet : until;
      double interval = history.bounds().interval().toMillis() * SHORTEST_INTERVAL;
      most += 2 + Duration.between(life.first().created(), until).toMillis() / interval;
      // Each edit of the spec and each status of another writer allows one more poll.
      most += life.generations() - 1;
      most += life.forgeries();
    }
    if (!history.calls().lists().isEmpty()) {
      most += changes(answers); // a list announces a change before the poll is due
    }
    if (requests.size() > most) {
      report(task, requests.size() + " requests, at most " + (long) most);
    }
    Instant silent = quiet.equals(Instant.MIN) ? quiet : quiet.plus(history.bounds().propagation());
    long late = requests.stream().filter(request -> request.isAfter(silent)).count();
    if (late > history.bounds().extra()) {
      report(task, late + " requests after its last reason to be polled");
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
