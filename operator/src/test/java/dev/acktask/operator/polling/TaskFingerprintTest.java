package dev.acktask.operator.polling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.task.TaskInfo;
import org.junit.jupiter.api.Test;

final class TaskFingerprintTest {
  private static final String TIME = "2026-01-02T03:04:05Z";

  @Test
  void shouldBeEqualForTheSameStateAndTime() {
    TaskInfo details = TaskInfo.builder("T-1", "running").updated(TIME).build();

    assertEquals(TaskFingerprint.of(details), listed("running", "2026-01-02T11:04:05+08:00"));
    assertEquals(TaskFingerprint.of(details), listed("running", "1767323045000"));
  }

  @Test
  void shouldDifferWithStateAndTime() {
    assertNotEquals(listed("running", TIME), listed("failed", TIME));
    assertNotEquals(listed("running", TIME), listed("running", "2026-01-02T03:04:06Z"));
    assertNotEquals(listed("running", TIME), listed("running", "2026-01-02T03:04:05.001Z"));
    assertNotEquals(listed("fail", TIME), listed("failed", TIME));
  }

  @Test
  void shouldDistinguishAbsentAndUnreadableTexts() {
    assertNotEquals(listed("running", null), listed("running", ""));
    assertNotEquals(listed("running", "soon"), listed("running", "later"));
    assertNotEquals(listed(null, TIME), listed("", TIME));
    assertEquals(listed("running", null), listed("running", null));
  }

  @Test
  void shouldCompareStatesByTheirMeaning() {
    assertTrue(listed("fail", TIME).isSameState(listed("failed", null)));
    assertFalse(listed("success", TIME).isSameState(listed("running", TIME)));
    assertFalse(listed("SUCCESS", TIME).isSameState(listed("success", TIME)));
    assertFalse(listed("new-a", TIME).isSameState(listed("new-b", TIME)));
    assertTrue(listed("new-a", TIME).isSameState(listed("new-a", TIME)));
    assertFalse(listed(null, TIME).isSameState(listed("running", TIME)));
  }

  private static TaskFingerprint listed(String state, String updated) {
    return TaskFingerprint.of(FakeLists.task("T-1", state, updated));
  }
}
