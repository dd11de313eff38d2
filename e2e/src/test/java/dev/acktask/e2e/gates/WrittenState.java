package dev.acktask.e2e.gates;

import java.util.Locale;

/** A state of an AckTask, with what tools have to conclude from it. */
enum WrittenState {
  /** As the API server stores it, before the operator has observed it. */
  FRESH("InProgress", "Progressing"),
  PENDING("InProgress", "Progressing"),
  RUNNING("InProgress", "Progressing"),
  /** A word of the cloud without a known meaning. */
  UNKNOWN("InProgress", "Progressing"),
  PAUSED("InProgress", "Suspended"),
  SUSPENDED("InProgress", "Suspended"),
  /** The cloud has never answered. */
  OUTAGE_AT_FIRST("InProgress", "Progressing"),
  /** The cloud answers no more. */
  OUTAGE_WHILE_RUNNING("InProgress", "Progressing"),
  SUCCEEDED("Current", "Healthy"),
  FAILED("Failed", "Degraded"),
  CANCELED("Failed", "Degraded"),
  /** It can never work. */
  STALLED("Failed", "Degraded"),
  /** Edited after the end, and the operator has acknowledged that. */
  SUCCEEDED_ACKNOWLEDGED("Current", "Healthy"),
  FAILED_ACKNOWLEDGED("Failed", "Degraded"),
  /** Edited after the end, and the operator has not observed that. */
  SUCCEEDED_EDITED("InProgress", "Progressing"),
  FAILED_EDITED("InProgress", "Progressing");

  private final String kstatus;
  private final String health;

  WrittenState(String kstatus, String health) {
    this.kstatus = kstatus;
    this.health = health;
  }

  /** The status of kstatus. */
  String kstatus() {
    return kstatus;
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
