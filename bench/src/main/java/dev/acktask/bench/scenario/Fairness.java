package dev.acktask.bench.scenario;

import dev.acktask.bench.harness.Harness;
import dev.acktask.bench.report.Section;
import java.time.Duration;

/**
 * Creates one object in another namespace, and counts the polls of the others before its first.
 * Says something only if the request budget is the limit, so that polls are overdue.
 */
final class Fairness implements Scenario.Measurement {
  private static final Duration TIMEOUT = Duration.ofHours(1);

  @Override
  public Section of(Harness harness) {
    Section section = new Section(Scenario.FAIRNESS.toString());
    harness.polls().startWindow();
    int neighbour = harness.createNeighbour();
    harness
        .progress()
        .untilNone(
            "objects in the other namespace without a poll",
            () -> harness.polls().countBeforeFirst(neighbour).isPresent() ? 0 : 1,
            TIMEOUT);
    return section.count(
        "polls before its first", harness.polls().countBeforeFirst(neighbour).orElseThrow());
  }
}
