package dev.acktask.e2e.history;

/** A place in a history where an invariant does not hold. */
public record Violation(Invariant invariant, String what) {
  @Override
  public String toString() {
    return "%s %s%n   %s".formatted(invariant, invariant.promise(), what);
  }
}
