package dev.acktask.operator.namespaces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.acktask.operator.kubernetes.ApiServerFailure;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class ForbiddenNamespacesTest {
  private static final ApiServerFailure FORBIDDEN = ApiServerFailure.ofCode(403);
  private static final ApiServerFailure OUT_OF_REACH =
      new ApiServerFailure(ApiServerFailure.Kind.UNREACHABLE, "");

  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(ForbiddenNamespaces.class);
  private final ForbiddenNamespaces access = new ForbiddenNamespaces(List.of("team-a", "team-b"));

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(lines);
  }

  @Test
  @Tag("F71")
  void shouldReportAForbiddenNamespaceOnceAndServeTheOther() {
    for (int comparison = 0; comparison < 10; comparison++) {
      access.record(Set.of("team-a"), Map.of("team-b", FORBIDDEN));
    }
    assertEquals(Set.of("team-a"), access.accessible());
    assertEquals(1, lines.list.size());
    assertTrue(lines.list.get(0).getKeyValuePairs().toString().contains("team-b"));
    assertEquals(
        List.of(
            "namespace team-b is not watched: the API server forbids listing or watching AckTasks"
                + " (HTTP 403); check the operator's role"),
        access.details());
  }

  @Test
  @Tag("F71")
  void shouldServeTheNamespaceAgainWhenItIsListed() {
    access.record(Set.of("team-a"), Map.of("team-b", FORBIDDEN));
    access.record(Set.of("team-a", "team-b"), Map.of());
    assertEquals(Set.of("team-a", "team-b"), access.accessible());
    assertEquals(List.of(), access.details());
    assertEquals(2, lines.list.size());
  }

  @Test
  @Tag("F75")
  void shouldKeepTheResultWhenTheApiServerDoesNotAnswer() {
    access.record(Set.of("team-a"), Map.of("team-b", FORBIDDEN));
    access.record(Set.of(), Map.of("team-a", OUT_OF_REACH, "team-b", OUT_OF_REACH));
    assertEquals(Set.of("team-a"), access.accessible());
    assertEquals(1, lines.list.size());
  }
}
