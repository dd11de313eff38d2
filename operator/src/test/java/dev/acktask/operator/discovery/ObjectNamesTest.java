package dev.acktask.operator.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.connection.ConnectionKey;
import dev.acktask.operator.task.TaskRef;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ObjectNamesTest {
  private static final String NAME =
      "[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*";

  private static final ConnectionKey CONNECTION = ConnectionKey.cluster("eu");

  @ParameterizedTest
  @CsvSource({"T-1a2B, t-1a2b", "install-addons-c3.x, install-addons-c3.x", "7, 7"})
  void shouldNameTheObjectLikeTheTask(String id, String name) {
    assertEquals(name, ObjectNames.of(task(id), CONNECTION));
  }

  @ParameterizedTest
  @ValueSource(strings = {"T_1", "t-1-", "a..b", "a.-b", "T-1.", "a__________"})
  void shouldAddAHashWhereAnIdIsNoName(String id) {
    String name = ObjectNames.of(task(id), CONNECTION);

    assertTrue(name.matches(NAME + "-[0-9a-f]{10}"), name);
    assertEquals(name, ObjectNames.unique(task(id), CONNECTION));
  }

  @Test
  void shouldGiveValidNamesForAllIds() {
    Random random = new Random(7);
    String characters = "abXYZ019._-";
    for (int i = 0; i < 10_000; i++) {
      StringBuilder id = new StringBuilder("Q");
      int length = random.nextInt(252);
      for (int j = 0; j < length; j++) {
        id.append(characters.charAt(random.nextInt(characters.length())));
      }
      String name = ObjectNames.of(task(id.toString()), CONNECTION);
      String other = ObjectNames.unique(task(id.toString()), CONNECTION);
      assertTrue(name.length() <= 253 && name.matches(NAME), name);
      assertTrue(other.length() <= 63 && other.matches(NAME), other);
    }
  }

  @Test
  void shouldSeparateIdsAndConnectionsByTheHash() {
    String name = ObjectNames.unique(task("T_1"), CONNECTION);

    assertNotEquals(name, ObjectNames.unique(task("t_1"), CONNECTION));
    assertNotEquals(name, ObjectNames.unique(task("T_1"), ConnectionKey.cluster("us")));
    assertNotEquals(name, ObjectNames.unique(task("T_1"), ConnectionKey.namespaced("eu", "eu")));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          cluster_upgrade, cluster_upgrade
          '升级 nodes', nodes
          '-a b/c-', a-b-c
          '', ''
          '___', ''
          """)
  void shouldMakeLabelValues(String text, String label) {
    assertEquals(label, ObjectNames.label(text));
  }

  @Test
  void shouldCutLongLabelValues() {
    assertEquals(63, ObjectNames.label("x".repeat(256)).length());
    assertEquals("a".repeat(62), ObjectNames.label("a".repeat(62) + "_b"));
  }

  @Test
  void shouldHashLongNamesOfDiscoveries() {
    String label = ObjectNames.discoveryLabel("d".repeat(253));

    assertEquals("tasks", ObjectNames.discoveryLabel("tasks"));
    assertEquals(63, label.length());
    assertNotEquals(label, ObjectNames.discoveryLabel("d".repeat(252)));
  }

  private static TaskRef task(String id) {
    return TaskRef.parse(id).orElseThrow();
  }
}
