package dev.acktask.operator.polling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.task.TaskRef;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SweepTrustTest {
  private static final TaskKey TASK = key("T-1");
  private static final TaskFingerprint BEFORE = fingerprint("t1");
  private static final TaskFingerprint AFTER = fingerprint("t2");

  private final SweepTrust trust = new SweepTrust();

  @Test
  void shouldBeginWithFourIntervals() {
    assertEquals(4, trust.maxAge());
  }

  @Test
  void shouldTrustAfterHundredAnnouncedChanges() {
    announce(99);
    int before = trust.maxAge();

    announce(1);

    assertEquals(4, before);
    assertEquals(20, trust.maxAge());
  }

  @Test
  void shouldLoseAllTrustWithOneMiss() {
    // given
    announce(150);
    trust.suspect(TASK, "c1", BEFORE, 10);

    // when
    int misses = trust.judge("c1", 10, Map.of(TASK, BEFORE), true);

    // then
    assertEquals(1, misses);
    assertEquals(4, trust.maxAge());
    announce(99);
    assertEquals(4, trust.maxAge());
  }

  @Test
  void shouldCountALateAnnouncementAsOne() {
    announce(99);
    trust.suspect(TASK, "c1", BEFORE, 10);

    assertEquals(0, trust.judge("c1", 11, Map.of(TASK, AFTER), true));
    assertEquals(20, trust.maxAge());
  }

  @Test
  void shouldNotJudgeByASweepThatBeganBefore() {
    trust.suspect(TASK, "c1", BEFORE, 10);

    assertEquals(0, trust.judge("c1", 9, Map.of(TASK, BEFORE), true));
    assertEquals(1, trust.judge("c1", 12, Map.of(TASK, BEFORE), true));
  }

  @Test
  void shouldNotJudgeByAnotherCluster() {
    trust.suspect(TASK, "c1", BEFORE, 10);

    assertEquals(0, trust.judge("c2", 11, Map.of(), true));
    assertTrue(trust.isSuspect(TASK));
  }

  @Test
  void shouldNotJudgeATaskThatIsNotListed() {
    trust.suspect(TASK, "c1", BEFORE, 10);

    assertEquals(0, trust.judge("c1", 11, Map.of(), true));
    assertFalse(trust.isSuspect(TASK));
  }

  @Test
  void shouldJudgeALaterSweepAfterAnIncompleteOne() {
    trust.suspect(TASK, "c1", BEFORE, 10);

    assertEquals(0, trust.judge("c1", 11, Map.of(), false));
    assertEquals(1, trust.judge("c1", 12, Map.of(TASK, BEFORE), true));
  }

  @Test
  void shouldJudgeEachChangeOnce() {
    trust.suspect(TASK, "c1", BEFORE, 10);

    assertEquals(1, trust.judge("c1", 11, Map.of(TASK, BEFORE), true));
    assertEquals(0, trust.judge("c1", 12, Map.of(TASK, BEFORE), true));
  }

  @Test
  void shouldForgetTheOldestOfManySuspects() {
    for (int i = 0; i <= SweepTrust.MAX_SUSPECTS; i++) {
      trust.suspect(key("T-" + i), "c1", BEFORE, 10);
    }

    assertFalse(trust.isSuspect(key("T-0")));
    assertTrue(trust.isSuspect(key("T-" + SweepTrust.MAX_SUSPECTS)));
  }

  @Test
  void shouldCompareTimesOfTheClockThatOverflows() {
    trust.suspect(TASK, "c1", BEFORE, Long.MAX_VALUE);

    assertEquals(1, trust.judge("c1", Long.MIN_VALUE, Map.of(TASK, BEFORE), true));
  }

  private void announce(int changes) {
    for (int i = 0; i < changes; i++) {
      trust.announced();
    }
  }

  private static TaskKey key(String id) {
    return new TaskKey("connection", new TaskRef(id));
  }

  private static TaskFingerprint fingerprint(String updated) {
    return TaskFingerprint.of(FakeLists.task("T-1", "running", updated));
  }
}
