package dev.acktask.bench;

import dev.acktask.bench.cloud.Clusters;
import dev.acktask.bench.harness.Load;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** Describes machine, load and settings of a run. */
final class Circumstances {
  private Circumstances() {}

  static Map<String, String> of(Load load) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    all.put(
        "program",
        load.operator().baseline() ? "the plain Go poller of bench/baseline" : "acktask-operator");
    all.put(
        "machine",
        "%d processors, %s, Java %s"
            .formatted(
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.arch"),
                Runtime.version()));
    all.put("tasks", "%,d running, %,d finished".formatted(load.tasks(), load.finished()));
    all.put("interval", load.interval().toMillis() / 1e3 + " s");
    all.put(
        "answers",
        "%s, after %d ms"
            .formatted(
                load.answers().varying()
                    ? "no two are the same"
                    : "the same until the task changes",
                load.answers().latency().toMillis()));
    Clusters clusters = load.answers().clusters();
    all.put(
        "clusters",
        "%,d, each with %,d finished tasks that no object names%s"
            .formatted(
                clusters.count(),
                clusters.history(),
                clusters.frozenUpdated() ? ", updated never moves" : ""));
    if (!load.operator().baseline()) {
      all.put(
          "limiter",
          "%,d per minute, %,d at once"
              .formatted(load.operator().requestsPerMinute(), load.operator().burst()));
      all.put(
          "memory",
          load.operator().memory() + " " + String.join(" ", load.operator().javaOptions()));
    }
    return all;
  }
}
