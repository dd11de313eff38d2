package dev.acktask.e2e.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Judges a {@link History} by every {@link Invariant}. Pure: the same history, the same answer. */
public final class HistoryChecker {
  /** Polls are jittered by a tenth. */
  private static final double SHORTEST_INTERVAL = 0.9;

  private final History history;
  private final List<Violation> violations = new ArrayList<>();

  private HistoryChecker(History history) {
    this.history = history;
  }

  /** All violations; none, if all is well. */
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
      if (version.verdict() == Verdict.SUCCEEDED
          && !isForged(version, life)
          && !wasTold(version, Verdict.SUCCEEDED, life)) {
        report(Invariant.S1, version, "no answer before it says success");
      }
    }
  }

  private void noLostFailure(List<ObjectVersion> life) {
    Optional<CloudAnswer> told = firstFinalAnswer(life);
    if (told.isEmpty() || !told.get().verdict(life.get(0).strict()).isFailure()) {
      return;
    }
    Verdict verdict = told.get().verdict(life.get(0).strict());
    Instant deadline =
        latest(told.get().asked(), history.calmSince()).plus(history.bounds().reaction());
    ObjectVersion last = life.get(life.size() - 1);
    boolean gone = last.deleted() && last.seen().isBefore(deadline);
    Optional<ObjectVersion> shown =
        life.stream().filter(version -> version.verdict() == verdict).findFirst();
    if (shown.isEmpty() || shown.get().seen().isAfter(deadline)) {
      if (!gone && history.end().isAfter(deadline)) {
        report(Invariant.S2, last, "told at " + told.get().asked() + ", not shown by " + deadline);
      }
      return;
    }
    life.stream()
        .filter(version -> version.revision() > shown.get().revision())
        .filter(version -> version.verdict() != verdict && !isForged(version, life))
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
      if (version.verdict().isFinal() || taskId.isTextual()) {
        if (!taskId.asText().equals(version.taskId())) {
          report(Invariant.S3, version, "status speaks of task " + taskId);
        }
      }
      if (version.verdict().isFinal() && !wasTold(version, version.verdict(), life)) {
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
      // What etcd holds of a new object has no status; the API server shows the default one.
      if (version.status().isMissingNode()
          || isForged(version, life)
          || read == Kstatus.TERMINATING) {
        continue;
      }
      boolean spoken = version.observedGeneration() == version.generation();
      boolean stalled = Kstatus.isTrue(version.object(), "Stalled");
      boolean succeeded = version.verdict() == Verdict.SUCCEEDED;
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
    Verdict latched = Verdict.NONE;
    for (ObjectVersion version : life) {
      if (isForged(version, life)) {
        continue;
      }
      if (latched.isFinal() && version.verdict() != latched) {
        report(Invariant.S4, version, "was " + latched + " before");
      }
      latched = latched.isFinal() ? latched : version.verdict();
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
        .map(answer -> answer.verdict(last.strict()))
        .filter(truth -> truth != last.verdict())
        .ifPresent(truth -> report(Invariant.S5, last, "never became " + truth));
    for (int i = 1; i < life.size(); i++) {
      ObjectVersion before = life.get(i - 1);
      ObjectVersion after = life.get(i);
      boolean acknowledgement =
          after.observedGeneration() > before.observedGeneration()
              || !after.handledRefresh().equals(before.handledRefresh());
      if (before.verdict().isFinal()
          && !isForged(before, life)
          && isWrite(before, after)
          && !acknowledgement) {
        report(Invariant.S5, after, "written though it was finished");
      }
    }
  }

  /** The first look, each change of the answer, and each edit of the spec are worth one write. */
  private void boundedWrites(List<ObjectVersion> life) {
    long writes = 0;
    for (int i = 1; i < life.size(); i++) {
      writes += isWrite(life.get(i - 1), life.get(i)) ? 1 : 0;
    }
    long worth = 1L + history.bounds().extra();
    String told = "";
    for (CloudAnswer answer : history.answersFor(life)) {
      worth += answer.content().equals(told) ? 0 : 1;
      told = answer.content();
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
      // Each edit of the spec, and each status that somebody else wrote, is worth a fresh look.
      most += life.stream().mapToLong(ObjectVersion::generation).max().orElse(0) - 1;
      most += life.stream().filter(ObjectVersion::forged).count();
    }
    if (requests.size() > most) {
      report(Invariant.S6, "task " + taskId, requests.size() + " requests, at most " + (long) most);
    }
    Instant silent = quiet.equals(Instant.MIN) ? quiet : quiet.plus(history.bounds().propagation());
    long late = requests.stream().filter(request -> request.isAfter(silent)).count();
    if (late > history.bounds().extra()) {
      report(Invariant.S6, "task " + taskId, late + " requests after nobody followed it");
    }
  }

  /** When the last reason to ask for an object's task was gone. */
  private Instant followedUntil(List<ObjectVersion> life) {
    ObjectVersion last = life.get(life.size() - 1);
    for (int i = life.size() - 1; i >= 0; i--) {
      ObjectVersion version = life.get(i);
      boolean followed = !version.verdict().isFinal() || isForged(version, life);
      if (followed) {
        return i == life.size() - 1
            ? (last.deleted() ? last.seen() : history.end())
            : life.get(i + 1).seen();
      }
    }
    return life.get(0).seen();
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
        .filter(answer -> answer.verdict(strict).isFinal())
        .findFirst();
  }

  private boolean wasTold(ObjectVersion version, Verdict verdict, List<ObjectVersion> life) {
    return history.answersFor(life).stream()
        .filter(answer -> !answer.asked().isAfter(version.seen()))
        .anyMatch(answer -> answer.verdict(version.strict()) == verdict);
  }

  /** Somebody else's status stays somebody else's until it changes. */
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
