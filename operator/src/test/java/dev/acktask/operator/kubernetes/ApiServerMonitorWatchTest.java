package dev.acktask.operator.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Watches that fail, are not answered, or end early. */
final class ApiServerMonitorWatchTest extends ApiServerMonitorTestCase {
  private static final class NoTags implements Interceptor.RequestTags {
    @Override
    public <T> T getTag(Class<T> type) {
      throw new UnsupportedOperationException();
    }
  }

  private void request(String url) {
    StandardHttpRequest.Builder builder = new StandardHttpRequest.Builder();
    monitor.before(builder, builder.uri(url).build(), new NoTags());
  }

  @Test
  void shouldMeasureHowLongAWatchIsUnanswered() {
    // given
    monitor.requested("");
    monitor.requested(WATCH);

    // when
    pass(5);
    monitor.requested("/namespaces/a");
    pass(5);

    // then
    assertEquals(Duration.ofSeconds(10), monitor.unansweredWatch());

    // when
    monitor.answered(WATCH, CONNECTED);

    // then
    assertEquals(Duration.ofSeconds(5), monitor.unansweredWatch());

    // when
    monitor.answered("/namespaces/a", REFUSED);

    // then
    assertEquals(Duration.ZERO, monitor.unansweredWatch());
  }

  @Test
  void shouldNotTakeTheListOfALabelNamedWatchForAWatch() {
    // given
    ResourceCollection selected =
        new ResourceCollection(URI.create("http://api.example/tasks"), "watch=true");

    // when
    request(selected.url("limit=500"));
    pass(5);

    // then
    assertEquals(Duration.ZERO, monitor.unansweredWatch());

    // when
    request(selected.url("watch=true"));
    pass(5);

    // then
    assertEquals(Duration.ofSeconds(5), monitor.unansweredWatch());
  }

  @Test
  void shouldLogWhenOnlyTheWatchFails() {
    for (int second = 0; second < 30; second += 5) {
      monitor.answered("", CONNECTED);
      monitor.answered(WATCH, ApiServerFailure.ofResponse(502, "text/html"));
      pass(5);
    }
    assertTrue(texts(Level.WARN).get(0).contains("HTTP 502"), texts(Level.WARN)::toString);
  }

  @Test
  void shouldLogWhenAWatchIsNotAnswered() {
    // when
    monitor.requested(WATCH);
    pass(10);

    // then
    assertEquals(List.of(), lines.list);

    // when
    pass(10);

    // then
    assertTrue(
        texts(Level.WARN).get(0).contains("the watch of AckTasks is not answered"),
        texts(Level.WARN)::toString);

    // when
    monitor.answered(WATCH, CONNECTED);
    pass(5);

    // then
    assertEquals(1, texts(Level.INFO).size());
  }

  @Test
  void shouldLogOnceWhenAWatchIsClosedRepeatedly() {
    for (int second = 0; second < 60; second += 2) {
      monitor.requested(WATCH);
      monitor.answered(WATCH, CONNECTED);
      monitor.opened(WATCH);
      pass(2);
    }
    assertEquals(1, lines.list.size());
    assertTrue(texts(Level.WARN).get(0).contains("WebSockets"), texts(Level.WARN)::toString);
    pass(60);
    assertEquals(1, texts(Level.INFO).size());
  }

  @Test
  void shouldLogNothingWhenWatchesLastForMinutes() {
    for (int minute = 0; minute < 60; minute += 5) {
      monitor.requested(WATCH);
      monitor.answered(WATCH, CONNECTED);
      monitor.opened(WATCH);
      pass(300);
    }
    assertEquals(List.of(), lines.list);
  }
}
