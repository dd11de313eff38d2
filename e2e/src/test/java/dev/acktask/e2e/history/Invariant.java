package dev.acktask.e2e.history;

/** What holds in every history, with faults or without. */
public enum Invariant {
  S1("no false success: a success is shown only after a whole answer said so for that task"),
  S2("no lost failure: a failure that the cloud told is shown in time and stays"),
  S3("no stale verdict: what is shown speaks of this object, this task and one generation"),
  S4("monotone: a verdict, once reached, is not replaced by another one"),
  S5("quiescence: the truth is reached, then nothing is written any more"),
  S6("bounded work: no more requests and writes than the interval and the changes ask for"),
  S7("isolation: no Secret is read that the objects of its own namespace do not name"),
  S8("secrecy: canary secrets occur nowhere"),
  GATES("gates: kstatus reads Current only of a success and Failed exactly of what is stalled");

  private final String promise;

  Invariant(String promise) {
    this.promise = promise;
  }

  public String promise() {
    return promise;
  }
}
