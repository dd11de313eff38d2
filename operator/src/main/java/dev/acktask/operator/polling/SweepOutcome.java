package dev.acktask.operator.polling;

/**
 * A pass that has ended.
 *
 * @param missed number of changes that polls found and the list should have announced
 */
record SweepOutcome(SweepResult result, int missed) {
  /** A pass that can miss nothing. */
  static SweepOutcome of(SweepResult result) {
    return new SweepOutcome(result, 0);
  }
}
