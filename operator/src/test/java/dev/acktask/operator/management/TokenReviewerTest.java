package dev.acktask.operator.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.acktask.operator.management.MetricsAccess.Answer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class TokenReviewerTest {
  private final Logger log = (Logger) LoggerFactory.getLogger(TokenReviewer.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void listen() {
    lines.start();
    log.addAppender(lines);
  }

  @AfterEach
  void stop() {
    log.detachAppender(lines);
  }

  @Test
  void shouldRefuseAndLogOnceWithoutAClient() {
    // given
    TokenReviewer reviewer = new TokenReviewer(TokenReviewerTest::noClient);

    // when
    List<Answer> answers = List.of(reviewer.apply("CANARY"), reviewer.apply("CANARY"));

    // then
    assertEquals(List.of(Answer.UNAVAILABLE, Answer.UNAVAILABLE), answers);
    assertEquals(1, lines.list.size());
    ILoggingEvent line = lines.list.getFirst();
    assertEquals(
        "The API server does not review tokens (no answer, CompletionException), so /metrics"
            + " answers 503. The operator needs the right to create tokenreviews and"
            + " subjectaccessreviews.",
        line.getFormattedMessage());
    assertFalse(line.getFormattedMessage().contains("CANARY"));
  }

  private static KubernetesClient noClient() {
    throw new CompletionException(new IllegalStateException("no authority for CANARY"));
  }
}
