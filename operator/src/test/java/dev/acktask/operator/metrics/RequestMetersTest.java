package dev.acktask.operator.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acktask.operator.task.TaskClient;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskRef;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class RequestMetersTest {
  private static final TaskRef TASK = TaskRef.parse("T-1").orElseThrow();
  private static final String REGION = "cn-hangzhou";

  private final MicrometerOperatorMetrics metrics = new MicrometerOperatorMetrics("0.0.0");
  private final MeterRegistry registry = metrics.meters();
  private final RequestMeters meters = new RequestMeters(registry, 3);
  private final TaskClient client = task -> new TaskLookup.NotFound("no", null);

  @Test
  void shouldCountByConnection() {
    meters.instrument(client, "shop/a", REGION).describe(TASK);
    meters.instrument(client, "eu", REGION).describe(TASK);
    meters.instrument(client, "eu", REGION).describe(TASK);

    assertEquals(1, successes("shop/a"));
    assertEquals(2, successes("eu"));
  }

  @Test
  void shouldGoOnCountingWhenAConnectionIsChanged() {
    TaskClient old = meters.instrument(client, "eu", REGION);
    old.describe(TASK);

    meters.instrument(client, "eu", REGION).describe(TASK);

    assertEquals(2, successes("eu"));
  }

  @Test
  void shouldLeaveNothingOfTenThousandDeletedConnections() {
    // given
    meters.instrument(client, ConnectionLabel.BUILT_IN, REGION);
    int before = registry.getMeters().size();
    long series = series();

    // when
    for (int i = 0; i < 10_000; i++) {
      meters.instrument(client, "shop/c" + i, "region-" + i).describe(TASK);
      meters.remove("shop/c" + i);
    }

    // then
    assertEquals(before, registry.getMeters().size());
    assertEquals(series, series());
    assertEquals(Set.of(ConnectionLabel.BUILT_IN), connections());
  }

  @Test
  void shouldRemoveTheMetersOfAllRegionsOfARecreatedConnection() {
    meters.instrument(client, "eu", REGION);
    meters.instrument(client, "eu", "eu-central-1");

    meters.remove("eu");

    assertEquals(Set.of(), connections());
  }

  @Test
  void shouldNotBringMetersBackByACallThatIsUnderWay() {
    TaskClient old = meters.instrument(client, "eu", REGION);
    meters.remove("eu");

    old.describe(TASK);

    assertEquals(Set.of(), connections());
  }

  @Test
  void shouldCountConnectionsBeyondTheLimitTogether() {
    for (int i = 0; i < 10; i++) {
      meters.instrument(client, "shop/c" + i, "region-" + i).describe(TASK);
    }

    assertEquals(Set.of("shop/c0", "shop/c1", "shop/c2", ConnectionLabel.OTHER), connections());
    assertEquals(7, successes(ConnectionLabel.OTHER));
  }

  @Test
  void shouldGiveTheMetersOfADeletedConnectionToALaterOne() {
    // given
    for (int i = 0; i < 4; i++) {
      meters.instrument(client, "shop/c" + i, REGION);
    }

    // when
    meters.remove("shop/c3"); // has none
    meters.remove("shop/c0");
    meters.instrument(client, "shop/c4", REGION);

    // then
    assertEquals(Set.of("shop/c1", "shop/c2", "shop/c4", ConnectionLabel.OTHER), connections());
  }

  private double successes(String connection) {
    return registry
        .get("acktask.operator.api.requests")
        .tags("connection", connection, "outcome", "success")
        .counter()
        .count();
  }

  private Set<String> connections() {
    return registry.getMeters().stream()
        .map(meter -> meter.getId().getTag("connection"))
        .filter(label -> label != null)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private long series() {
    return metrics.scrape().stream().mapToLong(family -> family.getDataPoints().size()).sum();
  }
}
