package dev.acktask.bench.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTailTest {
  private static final Duration TOOK = Duration.ofNanos(6_500_000);

  @TempDir Path folder;

  @BeforeEach
  void begin() throws IOException {
    Files.createFile(log());
  }

  @Test
  void shouldCountOnlyTheWritesOfTheUserWhenOthersWriteToo() throws IOException {
    append("operator", "update", "acktasks", "status");
    append("operator", "create", "events", "");
    append("operator", "watch", "acktasks", "");
    append("operator", "patch", "leases", "");
    append("other", "create", "acktasks", "");
    assertEquals(
        List.of(new AuditTail.Write("acktasks/status", TOOK), new AuditTail.Write("events", TOOK)),
        tail().writesSince(0));
  }

  @Test
  void shouldSkipEarlierWritesWhenItBeginsLater() throws IOException {
    append("operator", "update", "acktasks", "status");
    long from = tail().end();
    append("operator", "delete", "acktasks", "");
    assertEquals(List.of(new AuditTail.Write("acktasks", TOOK)), tail().writesSince(from));
  }

  private AuditTail tail() {
    return new AuditTail(log(), "operator");
  }

  private Path log() {
    return folder.resolve("audit.log");
  }

  private void append(String user, String verb, String resource, String part) throws IOException {
    Files.writeString(
        log(),
        """
        {"verb":"%s","user":{"username":"%s"},"objectRef":{"resource":"%s","subresource":"%s"},\
        "requestReceivedTimestamp":"2026-01-05T10:00:00.250000Z",\
        "stageTimestamp":"2026-01-05T10:00:00.256500Z"}
        """
            .formatted(verb, user, resource, part),
        StandardOpenOption.APPEND);
  }
}
