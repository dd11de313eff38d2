package dev.acktask.e2e.gates;

import java.util.Locale;

/** What a tool does with the next step. */
enum Verdict {
  /** The next step starts. */
  OPENS("Current"),
  /** The tool ends with an error, without waiting for its timeout. */
  FAILS("Failed"),
  /** The tool goes on waiting. */
  WAITS("InProgress");

  private final String kstatus;

  Verdict(String kstatus) {
    this.kstatus = kstatus;
  }

  /** The status of kstatus. */
  String kstatus() {
    return kstatus;
  }

  /** The word in the documentation. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
