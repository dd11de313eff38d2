package dev.acktask.operator.polling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.task.TaskInfo;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskRef;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ObservationCacheTest {
  private static final int KILOBYTES = 1_000;

  @Test
  void keepsTheLatestObservationOfEachTask() {
    // given
    ObservationCache cache = new ObservationCache(100 * KILOBYTES);
    TaskKey task = task(1);

    // when
    cache.put(task, observation(1));
    cache.put(task, new Observation(new TaskLookup.NotFound("No.", null), 2, null));

    // then
    assertEquals(2, cache.get(task).order());
    assertNull(cache.get(task(2)));
    cache.remove(task);
    assertNull(cache.get(task));
  }

  @Test
  void keepsApartTheSameTaskOfTwoConnections() {
    ObservationCache cache = new ObservationCache(100 * KILOBYTES);

    cache.put(new TaskKey("one", new TaskRef("T-1")), observation(1));

    assertNull(cache.get(new TaskKey("other", new TaskRef("T-1"))));
  }

  @Test
  void isBoundedByBytes() {
    // given
    ObservationCache cache = new ObservationCache(200 * KILOBYTES);

    // when
    for (int i = 0; i < 1_000; i++) {
      cache.put(task(i), observation(5 * KILOBYTES));
    }

    // then
    long held = held(cache, 1_000);
    assertTrue(held > 20 && held <= 40, "5 kB each, but " + held + " are held");
  }

  @Test
  void countsAllTextsOfAnAnswer() {
    // given
    ObservationCache cache = new ObservationCache(200 * KILOBYTES);
    String text = "x".repeat(5 * KILOBYTES);
    List<TaskInfo.Result> results = List.of(new TaskInfo.Result(text, "ok"));

    // when
    for (int i = 0; i < 1_000; i++) {
      TaskInfo info = TaskInfo.builder("T-" + i, "running").results(results).build();
      cache.put(task(i), new Observation(new TaskLookup.Found(info, null), 1, null));
    }

    // then
    assertTrue(held(cache, 1_000) <= 40);
  }

  @Test
  void countsTwoBytesForEachCharacterBeyondLatin1() {
    // given
    ObservationCache cache = new ObservationCache(200 * KILOBYTES);
    List<TaskInfo.Result> results = List.of(new TaskInfo.Result("升".repeat(5 * KILOBYTES), "ok"));
    TaskInfo info = TaskInfo.builder("T-1", "running").results(results).build();

    // when
    for (int i = 0; i < 1_000; i++) {
      cache.put(task(i), new Observation(new TaskLookup.Found(info, null), 1, null));
    }

    // then
    long held = held(cache, 1_000);
    assertTrue(held > 10 && held <= 20, "10 kB each, but " + held + " are held");
  }

  /** Otherwise its objects would never get a status. */
  @Test
  void holdsAnObservationThatIsLargerThanTheBound() {
    ObservationCache cache = new ObservationCache(10 * KILOBYTES);

    cache.put(task(1), observation(50 * KILOBYTES));

    assertNotNull(cache.get(task(1)));
  }

  /** The reconcile that each causes must find it, though others come first. */
  @Test
  void holdsNewObservationsRatherThanOftenUsedOnes() {
    // given
    ObservationCache cache = new ObservationCache(1_000 * KILOBYTES);
    for (int round = 0; round < 10; round++) {
      for (int i = 0; i < 1_000; i++) {
        cache.put(task(i), observation(100));
        cache.get(task(i));
      }
    }

    // when
    for (int i = 1_000; i < 1_800; i++) {
      cache.put(task(i), observation(100));
    }

    // then
    assertTrue(IntStream.range(1_000, 1_800).allMatch(i -> cache.get(task(i)) != null));
  }

  private static long held(ObservationCache cache, int tasks) {
    long held = 0;
    for (int i = 0; i < tasks; i++) {
      held += cache.get(task(i)) == null ? 0 : 1;
    }
    return held;
  }

  private static TaskKey task(int number) {
    return new TaskKey("default", new TaskRef("T-" + number));
  }

  /** A running task with a result of this length. */
  private static Observation observation(int length) {
    TaskInfo info =
        TaskInfo.builder("T-1", "running")
            .results(List.of(new TaskInfo.Result("i-1", "x".repeat(length))))
            .build();
    return new Observation(new TaskLookup.Found(info, null), 1, null);
  }
}
