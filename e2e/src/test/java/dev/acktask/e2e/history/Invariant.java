package dev.acktask.e2e.history;

/** Rules that hold in every history, with and without faults. */
public enum Invariant {
  S1("no false success: a status is a success only after a complete answer with success"),
  S2("no lost failure: a failure of an answer is in the status in time and stays"),
  S3("no stale verdict: a status belongs to this object, this task and one generation"),
  S4("monotone: a verdict, once reached, is not replaced by another one"),
  S5("quiescence: the true state is reached, then nothing is written"),
  S6("bounded work: no more requests and writes than the interval and the changes require"),
  S7("isolation: no Secret is read that no object of its namespace names"),
  S8("secrecy: canary secrets occur nowhere"),
  S9("created once: a discovery creates at most one object for a task, and only of a listed task"),
  S10("no early gate: a gate opens only while each of its AckTasks is a success"),
  GATES("gates: kstatus reads Current only of a success and Failed exactly of what is stalled");

  private final String rule;

  Invariant(String rule) {
    this.rule = rule;
  }

  public String rule() {
    return rule;
  }
}
