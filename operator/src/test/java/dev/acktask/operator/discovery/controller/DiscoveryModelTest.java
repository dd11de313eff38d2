package dev.acktask.operator.discovery.controller;

import static dev.acktask.operator.discovery.ListedTasks.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.DiscoveryReason;
import dev.acktask.operator.api.v1alpha1.DiscoverySpec;
import dev.acktask.operator.api.v1alpha1.DiscoveryStatus;
import dev.acktask.operator.task.ListedTask;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The law of creations, for random lists, refusals, deletions and restarts: no task gets two
 * AckTasks, and each task that was listed in time gets one.
 */
final class DiscoveryModelTest {
  private static final int STEPS = 150;

  private final SweptDiscovery discovery = new SweptDiscovery(DiscoverySpec.builder().limit(2000));

  /** Tasks of the cloud, with the time from which on the list shows them. */
  private final Map<ListedTask, Instant> cloud = new LinkedHashMap<>();

  /** Objects that the stored status knows of, so that they can be deleted. */
  private final Set<String> stored = new HashSet<>();

  private DiscoveryStatus status;

  @ParameterizedTest
  @ValueSource(ints = {0, 1_000, 2_000, 3_000})
  void shouldCreateEachTaskOnceWhateverHappens(int seeds) {
    for (int seed = seeds; seed < seeds + 50; seed++) {
      new DiscoveryModelTest().check(seed);
    }
  }

  private void check(int seed) {
    Random random = new Random(seed);
    for (int step = 0; step < STEPS; step++) {
      step(random, "T-" + seed + "-" + step);
    }
    settle();
    List<String> created = discovery.tasks.created;
    assertEquals(new HashSet<>(created).size(), created.size(), () -> seed + ": " + created);
    cloud.keySet().stream()
        .map(task -> task.task().taskId())
        .forEach(id -> assertTrue(created.contains(id), () -> seed + ": lost " + id));
  }

  private void step(Random random, String id) {
    switch (random.nextInt(8)) {
      case 0, 1, 2 -> add(random, id);
      case 3 -> sweep(listed(), true, random);
      case 4 -> {
        List<ListedTask> part = listed();
        Collections.shuffle(part, random);
        sweep(part.subList(0, part.size() / 2), false, random);
      }
      case 5 -> discovery.pass(Duration.ofSeconds(random.nextInt(600)));
      case 6 -> stored.stream().sorted().limit(1).forEach(discovery.tasks::deleteByHand);
      default -> discovery.restart(status);
    }
  }

  /** A task that the list may show late. */
  private void add(Random random, String id) {
    String[] states = {"running", "failed", "success", "paused"};
    Instant created = discovery.now().minusSeconds(random.nextInt(60));
    cloud.put(
        task(id).state(states[random.nextInt(states.length)]).created(created).build(),
        created.plusSeconds(random.nextInt(590)));
  }

  private List<ListedTask> listed() {
    List<ListedTask> listed = new ArrayList<>();
    cloud.forEach(
        (task, from) -> {
          if (!from.isAfter(discovery.now())) {
            listed.add(task);
          }
        });
    return listed;
  }

  /** The process may end after the creations and before the status is written. */
  private void sweep(List<ListedTask> list, boolean isComplete, Random random) {
    discovery.tasks.refusal =
        random.nextInt(3) == 0
            ? List.of(DiscoveryReason.QUOTA_EXCEEDED, DiscoveryReason.CREATION_REFUSED)
                .get(random.nextInt(2))
            : null;
    discovery.tasks.successes = random.nextInt(3);
    discovery.sweep(list, isComplete);
    if (random.nextInt(4) == 0) {
      discovery.restart(status);
    } else {
      status = discovery.status();
      list.stream().map(it -> it.task().taskId().toLowerCase(Locale.ROOT)).forEach(stored::add);
      stored.retainAll(discovery.present());
    }
  }

  private void settle() {
    discovery.pass(Duration.ofMinutes(10));
    discovery.tasks.refusal = null;
    discovery.sweep(listed(), true);
    discovery.sweep(listed(), true);
  }
}
