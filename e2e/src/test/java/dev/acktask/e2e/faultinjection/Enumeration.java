package dev.acktask.e2e.faultinjection;

import dev.acktask.e2e.cluster.ControlPlane;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;

/** A reference run and one run for each of its requests and each fault. Prints its progress. */
final class Enumeration {
  private final ControlPlane controlPlane;
  private final SSLContext serving;
  private final Scenario scenario;
  private final Set<Fault> faults;
  private final List<String> failures = new ArrayList<>();
  private final StringBuilder table = new StringBuilder();

  Enumeration(ControlPlane controlPlane, SSLContext serving, Scenario scenario, Set<Fault> faults) {
    this.controlPlane = controlPlane;
    this.serving = serving;
    this.scenario = scenario;
    this.faults = faults;
  }

  /** Runs all and returns the failures. */
  List<String> failures() {
    Run reference = Run.of(controlPlane, serving, scenario, Interruption.none());
    List<RequestPoint> points = reference.points();
    table.append(
        "%s: %d writes, %d requests%n".formatted(scenario, reference.writes(), points.size()));
    table.append("%3s  %-24s".formatted("", "request"));
    faults.forEach(fault -> table.append("  %-12s".formatted(fault)));
    int done = 0;
    for (int i = 0; i < points.size(); i++) {
      RequestPoint point = points.get(i);
      table.append("%n%3d  %-24s".formatted(i + 1, point));
      Map<Fault, String> row = new EnumMap<>(Fault.class);
      for (Fault fault : faults) {
        Instant began = Instant.now();
        row.put(fault, judged(reference, point, fault));
        done++;
        System.out.printf(
            "%s %d/%d: %s, %s: %s in %.1f s%n",
            scenario,
            done,
            points.size() * faults.size(),
            point,
            fault,
            row.get(fault),
            Duration.between(began, Instant.now()).toMillis() / 1000.0);
      }
      row.values().forEach(cell -> table.append("  %-12s".formatted(cell)));
    }
    System.out.println(table);
    return failures;
  }

  private String judged(Run reference, RequestPoint point, Fault fault) {
    String where = scenario + ", " + point + ", " + fault + ": ";
    try {
      Run run = Run.of(controlPlane, serving, scenario, Interruption.at(point, fault));
      long extra = run.writes() - reference.writes();
      if (!run.status().equals(reference.status())) {
        failures.add(where + "ended as " + run.status() + " instead of " + reference.status());
        return "DIFFERENT";
      }
      if (extra > 1) {
        failures.add(where + extra + " extra writes");
        return "WRITES " + extra;
      }
      return "same, %+d".formatted(extra);
    } catch (AssertionError | RuntimeException failure) {
      failures.add(where + failure);
      return "FAILED";
    }
  }
}
