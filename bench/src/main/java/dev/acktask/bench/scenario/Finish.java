package dev.acktask.bench.scenario;

import dev.acktask.bench.cluster.AuditTail;
import dev.acktask.bench.harness.Harness;
import dev.acktask.bench.report.Section;
import java.time.Duration;

/** Ends every task and measures the idle operator afterwards. */
final class Finish implements Scenario.Measurement {
  private static final int TIMEOUT_INTERVALS = 100;

  @Override
  public Section of(Harness harness) {
    Section section = new Section(Scenario.FINISH.toString());
    for (int task = 0; task < harness.load().tasks(); task++) {
      harness.cloud().finish(task);
    }
    Duration interval = harness.load().interval();
    harness.untilAllObserved(interval.multipliedBy(TIMEOUT_INTERVALS));
    settle(harness, interval.multipliedBy(2));
    Window window = Window.open(harness);
    harness.progress().pass("measuring", harness.load().timing().window());
    window.close(section);
    return section;
  }

  /**
   * Waits for the end of the Events, which follow the statuses at a limited rate. A superfluous
   * poll would come within one interval.
   */
  private static void settle(Harness harness, Duration step) {
    long audit;
    do {
      audit = harness.audit().end();
      harness.progress().pass("settling", step);
    } while (harness.audit().writesSince(audit).stream().anyMatch(Finish::isEvent));
  }

  private static boolean isEvent(AuditTail.Write write) {
    return write.what().equals("events");
  }
}
