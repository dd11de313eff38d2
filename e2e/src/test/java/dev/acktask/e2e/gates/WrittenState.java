package dev.acktask.e2e.gates;

import java.util.Locale;

/** A state of an AckTask, with what tools have to conclude from it. */
enum WrittenState {
  /** As the API server stores it. */
  FRESH("new, not observed by the operator", Verdict.WAITS, "Progressing"),
  PENDING("pending in the cloud", Verdict.WAITS, "Progressing"),
  RUNNING("running", Verdict.WAITS, "Progressing"),
  /** A word of the cloud without a known meaning. */
  UNKNOWN("in a state that the operator does not know", Verdict.WAITS, "Progressing"),
  PAUSED("paused in the cloud", Verdict.WAITS, "Suspended"),
  SUSPENDED("`spec.suspend`", Verdict.WAITS, "Suspended"),
  /** The cloud has never answered. */
  OUTAGE_AT_FIRST("outage from the first poll on", Verdict.WAITS, "Progressing"),
  /** The cloud answers no more. */
  OUTAGE_WHILE_RUNNING("running, then an outage", Verdict.WAITS, "Progressing"),
  SUCCEEDED("succeeded", Verdict.OPENS, "Healthy"),
  FAILED("failed", Verdict.FAILS, "Degraded"),
  CANCELED("canceled", Verdict.FAILS, "Degraded"),
  /** It can never work. */
  STALLED("stalled: the task is of another cluster", Verdict.FAILS, "Degraded"),
  SUCCEEDED_ACKNOWLEDGED(
      "succeeded, then edited: acknowledged by the operator", Verdict.OPENS, "Healthy"),
  FAILED_ACKNOWLEDGED(
      "failed, then edited: acknowledged by the operator", Verdict.FAILS, "Degraded"),
  SUCCEEDED_EDITED("succeeded, then edited: not acknowledged yet", Verdict.WAITS, "Progressing"),
  FAILED_EDITED("failed, then edited: not acknowledged yet", Verdict.WAITS, "Progressing");

  private final String words;
  private final Verdict verdict;
  private final String health;

  WrittenState(String words, Verdict verdict, String health) {
    this.words = words;
    this.verdict = verdict;
    this.health = health;
  }

  /** The name in the documentation. */
  String words() {
    return words;
  }

  /** What every tool has to do. */
  Verdict verdict() {
    return verdict;
  }

  /** The status of kstatus. */
  String kstatus() {
    return verdict.kstatus();
  }

  /** The health in Argo CD. */
  String health() {
    return health;
  }

  /** The name of its AckTask, and the id of its task. */
  String objectName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
