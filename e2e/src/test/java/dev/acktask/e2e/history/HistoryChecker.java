package dev.acktask.e2e.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Checks a {@link History} against every {@link Invariant}. A pure function. */
public final class HistoryChecker {
  /** The jitter of polls is 10 %. */
  private static final double SHORTEST_INTERVAL = 0.9;

  private final History history;
  private final List<Violation> violations = new ArrayList<>();

  private HistoryChecker(History history) {
    this.history = history;
  }

  /** Returns all violations. */
  public static List<Violation> check(History history) {
    HistoryChecker checker = new HistoryChecker(history);
    for (List<ObjectVersion> life : history.lives()) {
      checker.noFalseSuccess(life);
      checker.noLostFailure(life);
      checker.noStaleVerdict(life);
      checker.monotone(life);
      checker.quiescence(life);
      checker.boundedWrites(life);
      checker.gates(life);
    }
    checker.boundedRequests();
    checker.isolation();
    checker.secrecy();
    return List.copyOf(checker.violations);
  }

  private void noFalseSuccess(List<ObjectVersion> life) {
    for (ObjectVersion version : life) {
      if (version.finalState() == FinalState.SUCCEEDED
          && !isForged(version, life)
          && !wasReported(version, FinalState.SUCCEEDED, life)) {
        report(Invariant.S1, version, "no answer before it says success");
      }
    }
  }

  private void noLostFailure(List<ObjectVersion> life) {
    Optional<CloudAnswer> answer = firstFinalAnswer(life);
    if (answer.isEmpty() || !answer.get().finalState(life.get(0).strict()).isFailure()) {
      return;
    }
    FinalState state = answer.get().finalState(life.get(0).strict());
    Instant deadline =
        latest(answer.get().asked(), history.calmSince()).plus(history.bounds().reaction());
    ObjectVersion last = life.get(life.size() - 1);
    boolean gone = last.deleted() && last.observedAt().isBefore(deadline);
    Optional<ObjectVersion> reported =
        life.stream().filter(version -> version.finalState() == state).findFirst();
    if (reported.isEmpty() || reported.get().observedAt().isAfter(deadline)) {
      if (!gone && history.end().isAfter(deadline)) {
        report(
            Invariant.S2,
            last,
            "answered at " + answer.get().asked() + ", not in the status by " + deadline);
      }
      return;
    }
    life.stream()
        .filter(version -> version.revision() > reported.get().revision())
        .filter(version -> version.finalState() != state && !isForged(version, life))
        .findFirst()
        .ifPresent(version -> report(Invariant.S2, version, "the failure is gone again"));
  }

  private void noStaleVerdict(List<ObjectVersion> life) {
    for (ObjectVersion version : life) {
      if (isForged(version, life)) {
        continue;
      }
      JsonNode status = version.status();
      JsonNode taskId = status.path("taskId");
      if (version.finalState().isFinal() || taskId.isTextual()) {
        if (!taskId.asText().equals(version.taskId())) {
          report(Invariant.S3, version, "status speaks of task " + taskId);
        }
      }
      if (version.finalState().isFinal() && !wasReported(version, version.finalState(), life)) {
        report(Invariant.S3, version, "no answer to this object says so");
      }
      if (version.observedGeneration() > version.generation()) {
        report(Invariant.S3, version, "speaks of a generation that is still to come");
      }
      for (JsonNode condition : status.path("conditions")) {
        if (condition.path("observedGeneration").asLong() != version.observedGeneration()) {
          report(
              Invariant.S3,
              version,
              "condition " + condition.path("type") + " speaks of another generation");
        }
      }
    }
  }

  private void gates(List<ObjectVersion> life) {
    for (ObjectVersion version : life) {
      Kstatus read = Kstatus.of(version.object());
      // A new object has no status in etcd; the API server adds the default on reads.
      if (version.status().isMissingNode()
          || isForged(version, life)
          || read == Kstatus.TERMINATING) {
        continue;
      }
      boolean spoken = version.observedGeneration() == version.generation();
      boolean stalled = Kstatus.isTrue(version.object(), "Stalled");
      boolean succeeded = version.finalState() == FinalState.SUCCEEDED;
      Kstatus meant =
          spoken && succeeded
              ? Kstatus.CURRENT
              : spoken && stalled ? Kstatus.FAILED : Kstatus.IN_PROGRESS;
      if (read != meant) {
        report(Invariant.GATES, version, "is read as " + read + " and means " + meant);
      }
      if (stalled && Kstatus.isTrue(version.object(), "Reconciling")) {
        report(Invariant.GATES, version, "is both stalled and reconciling");
      }
    }
  }

  private void monotone(List<ObjectVersion> life) {
    FinalState latched = FinalState.NONE;
    for (ObjectVersion version : life) {
      if (isForged(version, life)) {
        continue;
      }
      if (latched.isFinal() && version.finalState() != latched) {
        report(Invariant.S4, version, "was " + latched + " before");
      }
      latched = latched.isFinal() ? latched : version.finalState();
    }
  }

  private void quiescence(List<ObjectVersion> life) {
    ObjectVersion last = life.get(life.size() - 1);
    firstFinalAnswer(life)
        .filter(answer -> !last.deleted())
        .filter(
            answer ->
                latest(answer.asked(), history.calmSince())
                    .plus(history.bounds().reaction())
                    .isBefore(history.end()))
        .map(answer -> answer.finalState(last.strict()))
        .filter(truth -> truth != last.finalState())
        .ifPresent(truth -> report(Invariant.S5, last, "never became " + truth));
    for (int i = 1; i < life.size(); i++) {
      ObjectVersion before = life.get(i - 1);
      ObjectVersion after = life.get(i);
      boolean acknowledgement =
          after.observedGeneration() > before.observedGeneration()
              || !after.handledRefresh().equals(before.handledRefresh());
      if (before.finalState().isFinal()
          && !isForged(before, life)
          && isWrite(before, after)
          && !acknowledgement) {
        report(Invariant.S5, after, "written though it was finished");
      }
    }
  }

  /** Allows one write for the first poll, for each changed answer and for each edit of the spec. */
  private void boundedWrites(List<ObjectVersion> life) {
    long writes = 0;
    for (int i = 1; i < life.size(); i++) {
      writes += isWrite(life.get(i - 1), life.get(i)) ? 1 : 0;
    }
    long worth = 1L + history.bounds().extra();
    String previous = "";
    for (CloudAnswer answer : history.answersFor(life)) {
      worth += answer.content().equals(previous) ? 0 : 1;
      previous = answer.content();
    }
    worth += life.stream().mapToLong(ObjectVersion::generation).max().orElse(0);
    worth += life.stream().filter(ObjectVersion::forged).count();
    if (writes > worth) {
      report(Invariant.S6, life.get(0), writes + " writes for " + worth + " changes");
    }
  }

  private void boundedRequests() {
    history.answers().stream().map(CloudAnswer::taskId).distinct().forEach(this::boundedRequests);
  }

  private void boundedRequests(String taskId) {
    List<Instant> requests =
        history.answers().stream()
            .filter(answer -> answer.taskId().equals(taskId))
            .map(CloudAnswer::asked)
            .toList();
    double most = history.bounds().extra();
    Instant quiet = Instant.MIN;
    for (List<ObjectVersion> life : history.lives()) {
      ObjectVersion first = life.get(0);
      if (!first.taskId().equals(taskId)) {
        continue;
      }
      Instant until = followedUntil(life);
      quiet = latest(quiet, until);
      double interval = history.bounds().interval().toMillis() * SHORTEST_INTERVAL;
      most += 2 + Duration.between(first.created(), until).toMillis() / interval;
      // Each edit of the spec and each status of another writer allows one more poll.
      most += life.stream().mapToLong(ObjectVersion::generation).max().orElse(0) - 1;
      most += life.stream().filter(ObjectVersion::forged).count();
    }
    if (requests.size() > most) {
      report(Invariant.S6, "task " + taskId, requests.size() + " requests, at most " + (long) most);
    }
    Instant silent = quiet.equals(Instant.MIN) ? quiet : quiet.plus(history.bounds().propagation());
    long late = requests.stream().filter(request -> request.isAfter(silent)).count();
    if (late > history.bounds().extra()) {
      report(Invariant.S6, "task " + taskId, late + " requests after its last reason to be polled");
    }
  }

  /** The end of the last reason to poll the task of an object. */
  private Instant followedUntil(List<ObjectVersion> life) {
    ObjectVersion last = life.get(life.size() - 1);
    for (int i = life.size() - 1; i >= 0; i--) {
      ObjectVersion version = life.get(i);
      boolean followed = !version.finalState().isFinal() || isForged(version, life);
      if (followed) {
        return i == life.size() - 1
            ? (last.deleted() ? last.observedAt() : history.end())
            : life.get(i + 1).observedAt();
      }
    }
    return life.get(0).observedAt();
  }

  private void isolation() {
    for (SecretRead read : history.secretReads()) {
      if (!history.ownSecrets().contains(read.namespace() + "/" + read.name())) {
        report(Invariant.S7, read, "no object of that namespace names it");
      }
    }
  }

  private void secrecy() {
    for (String canary : history.canaries()) {
      for (Map.Entry<String, String> text : history.texts().entrySet()) {
        if (text.getValue().contains(canary)) {
          report(Invariant.S8, text.getKey(), "a canary");
        }
      }
      for (ObjectVersion version : history.versions()) {
        if (version.status().toString().contains(canary)) {
          report(Invariant.S8, version, "a canary in the status");
        }
      }
    }
  }

  private Optional<CloudAnswer> firstFinalAnswer(List<ObjectVersion> life) {
    boolean strict = life.get(0).strict();
    return history.answersFor(life).stream()
        .filter(answer -> answer.finalState(strict).isFinal())
        .findFirst();
  }

  private boolean wasReported(ObjectVersion version, FinalState state, List<ObjectVersion> life) {
    return history.answersFor(life).stream()
        .filter(answer -> !answer.asked().isAfter(version.observedAt()))
        .anyMatch(answer -> answer.finalState(version.strict()) == state);
  }

  /** A status of another writer stays forged until it changes. */
  private static boolean isForged(ObjectVersion version, List<ObjectVersion> life) {
    for (int i = life.indexOf(version); i >= 0; i--) {
      if (!life.get(i).status().equals(version.status())) {
        return false;
      }
      if (life.get(i).forged()) {
        return true;
      }
    }
    return false;
  }

  private static boolean isWrite(ObjectVersion before, ObjectVersion after) {
    return !after.forged() && !after.deleted() && !Objects.equals(before.status(), after.status());
  }

  private static Instant latest(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private void report(Invariant invariant, Object where, String what) {
    violations.add(new Violation(invariant, where + ": " + what));
  }
}
