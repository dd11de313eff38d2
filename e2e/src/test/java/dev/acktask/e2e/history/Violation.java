package dev.acktask.e2e.history;

/** One violation of an invariant in a history. */
public record Violation(Invariant invariant, String what) {
  static Violation of(Invariant invariant, Object where, String what) {
    return new Violation(invariant, where + ": " + what);
  }

  @Override
  public String toString() {
    return "%s %s%n   %s".formatted(invariant, invariant.rule(), what);
  }
}
