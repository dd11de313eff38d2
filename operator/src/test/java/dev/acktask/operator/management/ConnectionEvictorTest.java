package dev.acktask.operator.management;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ConnectionEvictorTest {
  private final ConnectionEvictor<String> connections = new ConnectionEvictor<>(4, 3);

  @Test
  void shouldCloseTheOldestConnectionOfAnAddressAtItsLimit() {
    connections.add("a1", "a");
    connections.add("a2", "a");
    connections.add("a3", "a");
    assertEquals(List.of("a1"), connections.add("a4", "a"));
    assertEquals(3, connections.size());
  }

  @Test
  void shouldCloseAConnectionOfTheBusiestAddressAtTheTotalLimit() {
    connections.add("b1", "b");
    connections.add("a1", "a");
    connections.add("a2", "a");
    connections.add("a3", "a");
    assertEquals(List.of("a1"), connections.add("c1", "c"));
    assertEquals(List.of("a2"), connections.add("b2", "b"));
  }

  @Test
  void shouldKeepAConnectionThatHasSentItsRequestBeforeOneThatHasNot() {
    connections.add("a1", "a");
    connections.add("a2", "a");
    connections.add("a3", "a");
    connections.markRequestReceived("a1");
    assertEquals(List.of("a2"), connections.add("a4", "a"));
  }

  @Test
  void shouldNotCountClosedConnections() {
    // given
    connections.add("a1", "a");
    connections.add("a2", "a");
    connections.add("a3", "a");

    // when
    connections.remove("a2");
    connections.remove("a2");

    // then
    assertEquals(List.of(), connections.add("a4", "a"));
    assertEquals(List.of("a1"), connections.add("a5", "a"));
  }
}
