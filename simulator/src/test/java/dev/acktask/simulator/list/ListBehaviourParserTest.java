package dev.acktask.simulator.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.simulator.yaml.YamlException;
import dev.acktask.simulator.yaml.YamlMapping;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The keys of {@code lists}, in a file and on a command line. */
class ListBehaviourParserTest {
  @Test
  void shouldBeTheDefaultWithoutKeys() {
    assertEquals(ListBehaviour.DEFAULT, ListBehaviourParser.parse("--list", Map.of()));
    assertEquals(
        ListBehaviour.DEFAULT, ListBehaviourParser.parse(YamlMapping.parse("x.yaml", "{}")));
  }

  @Test
  void shouldReadEveryKey() {
    // given
    String yaml =
        """
        order: updatedAscending
        updated: stateChanges
        retention: 1h
        keepFinished: 50
        delay: 30s
        ignoreFilters: true
        totalCountError: -3
        overlap: 2
        maxPageSize: 10
        tokens: false
        """;

    // then
    assertEquals(
        ListBehaviour.builder()
            .order(ListBehaviour.Order.UPDATED_ASCENDING)
            .updated(ListBehaviour.Updated.STATE_CHANGES)
            .retention(new ListBehaviour.Retention(Optional.of(Duration.ofHours(1)), 50))
            .delay(Duration.ofSeconds(30))
            .ignoresFilters(true)
            .paging(new ListBehaviour.Paging(-3, 2, 10, false))
            .build(),
        ListBehaviourParser.parse(YamlMapping.parse("x.yaml", yaml)));
  }

  @Test
  void shouldReadAKeyOfTheCommandLine() {
    assertEquals(
        ListBehaviour.Updated.NEVER,
        ListBehaviourParser.parse("--list", Map.of("updated", "never")).updated());
  }

  @Test
  void shouldNameTheValuesThatAreKnown() {
    String message =
        assertThrows(
                YamlException.class,
                () -> ListBehaviourParser.parse("--list", Map.of("order", "any")))
            .getMessage();
    assertTrue(message.startsWith("--list: 'order' is 'any', expected one of"), message);
    assertTrue(message.contains("createdDescending"), message);
  }
}
