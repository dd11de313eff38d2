package dev.acktask.e2e.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks the statuses of one object against the answers of the cloud: S1 to S5 and the gates. */
final class StatusChecker {
  private final ObjectLife life;
  private final History history;
  private final List<Violation> violations = new ArrayList<>();

  private StatusChecker(ObjectLife life, History history) {
    this.life = life;
    this.history = history;
  }

  static List<Violation> check(ObjectLife life, History history) {
    StatusChecker checker = new StatusChecker(life, history);
    checker.noFalseSuccess();
    checker.noLostFailure();
    checker.noStaleVerdict();
    checker.monotone();
    checker.quiescence();
    checker.gates();
    return checker.violations;
  }

  private void noFalseSuccess() {
    for (ObjectVersion version : life.versions()) {
      if (version.finalState() == FinalState.SUCCEEDED
          && !life.isForged(version)
          && !life.wasAnswered(version, FinalState.SUCCEEDED)) {
        report(Invariant.S1, version, "no earlier answer has the state success");
      }
    }
  }

  private void noLostFailure() {
    Optional<CloudAnswer> answer = life.firstFinalAnswer();
    if (answer.isEmpty() || !answer.get().finalState(life.first().strict()).isFailure()) {
      return;
    }
    FinalState state = answer.get().finalState(life.first().strict());
    Instant deadline = history.period().deadline(answer.get(), history.bounds());
    ObjectVersion last = life.last();
    boolean gone = last.deleted() && last.observedAt().isBefore(deadline);
    Optional<ObjectVersion> reported =
        life.versions().stream().filter(version -> version.finalState() == state).findFirst();
    if (reported.isEmpty() || reported.get().observedAt().isAfter(deadline)) {
      if (!gone && history.period().end().isAfter(deadline)) {
        report(
            Invariant.S2,
            last,
            "answered at " + answer.get().asked() + ", not in the status by " + deadline);
      }
      return;
    }
    life.versions().stream()
        .filter(version -> version.revision() > reported.get().revision())
        .filter(version -> version.finalState() != state && !life.isForged(version))
        .findFirst()
        .ifPresent(version -> report(Invariant.S2, version, "the failure disappeared"));
  }

  private void noStaleVerdict() {
    for (ObjectVersion version : life.versions()) {
      if (life.isForged(version)) {
        continue;
      }
      JsonNode status = version.status();
      JsonNode taskId = status.path("taskId");
      if (version.finalState().isFinal() || taskId.isTextual()) {
        if (!taskId.asText().equals(version.taskId())) {
          report(Invariant.S3, version, "the status is of task " + taskId);
        }
      }
      if (version.finalState().isFinal() && !life.wasAnswered(version, version.finalState())) {
        report(Invariant.S3, version, "no answer for this object has that state");
      }
      if (version.observedGeneration() > version.generation()) {
        report(Invariant.S3, version, "observedGeneration is ahead of the generation");
      }
      for (JsonNode condition : status.path("conditions")) {
        if (condition.path("observedGeneration").asLong() != version.observedGeneration()) {
          report(
              Invariant.S3,
              version,
              "condition " + condition.path("type") + " has another observedGeneration");
        }
      }
    }
  }

  private void monotone() {
    FinalState latched = FinalState.NONE;
    for (ObjectVersion version : life.versions()) {
      if (life.isForged(version)) {
        continue;
      }
      if (latched.isFinal() && version.finalState() != latched) {
        report(Invariant.S4, version, "was " + latched + " before");
      }
      latched = latched.isFinal() ? latched : version.finalState();
    }
  }

  private void quiescence() {
    ObjectVersion last = life.last();
    life.firstFinalAnswer()
        .filter(answer -> !last.deleted())
        .filter(
            answer ->
                history
                    .period()
                    .deadline(answer, history.bounds())
                    .isBefore(history.period().end()))
        .map(answer -> answer.finalState(last.strict()))
        .filter(state -> state != last.finalState())
        .ifPresent(state -> report(Invariant.S5, last, "never became " + state));
    for (int i = 1; i < life.versions().size(); i++) {
      ObjectVersion before = life.versions().get(i - 1);
      ObjectVersion after = life.versions().get(i);
      boolean acknowledgement =
          after.observedGeneration() > before.observedGeneration()
              || !after.handledRefresh().equals(before.handledRefresh());
      if (before.finalState().isFinal()
          && !life.isForged(before)
          && ObjectLife.isWrite(before, after)
          && !acknowledgement) {
        report(Invariant.S5, after, "written though it was finished");
      }
    }
  }

  private void gates() {
    for (ObjectVersion version : life.versions()) {
      Kstatus read = Kstatus.of(version.object());
      // A new object has no status in etcd; the API server adds the default on reads.
      if (version.status().isMissingNode()
          || life.isForged(version)
          || read == Kstatus.TERMINATING) {
        continue;
      }
      boolean observed = version.observedGeneration() == version.generation();
      boolean stalled = Kstatus.isTrue(version.object(), "Stalled");
      boolean succeeded = version.finalState() == FinalState.SUCCEEDED;
      Kstatus expected =
          observed && succeeded
              ? Kstatus.CURRENT
              : observed && stalled ? Kstatus.FAILED : Kstatus.IN_PROGRESS;
      if (read != expected) {
        report(Invariant.GATES, version, "is read as " + read + ", expected " + expected);
      }
      if (stalled && Kstatus.isTrue(version.object(), "Reconciling")) {
        report(Invariant.GATES, version, "is both stalled and reconciling");
      }
    }
  }

  private void report(Invariant invariant, ObjectVersion version, String what) {
    violations.add(Violation.of(invariant, version, what));
  }
}
