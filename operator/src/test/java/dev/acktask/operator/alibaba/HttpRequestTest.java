package dev.acktask.operator.alibaba;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.network.Origin;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be a request. */
final class HttpRequestTest {
  private static final Origin ORIGIN = new Origin("cloud.test", 443, true);

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nb: c", "a\nb", "\u0000", "\u00e4"})
  void shouldAcceptPrintableTextOnly(String hostile) {
    assertThrows(
        IllegalArgumentException.class, () -> HttpRequest.get(ORIGIN, "/", Map.of("a", hostile)));
    assertThrows(
        IllegalArgumentException.class, () -> HttpRequest.get(ORIGIN, "/", Map.of(hostile, "a")));
    assertThrows(
        IllegalArgumentException.class, () -> HttpRequest.get(ORIGIN, "/" + hostile, Map.of()));
  }

  @Test
  void shouldShareConnectionsOnlyWhenTheAnswerNamesTheRequest() {
    assertTrue(HttpRequest.get(ORIGIN, "/", Map.of()).sharesConnections());
    assertFalse(HttpRequest.post(ORIGIN, "/", Map.of("a", "b")).sharesConnections());
  }
}
