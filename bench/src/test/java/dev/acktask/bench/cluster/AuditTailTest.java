package dev.acktask.bench.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTailTest {
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
    append("somebody", "create", "acktasks", "");
    assertEquals(Map.of("acktasks/status", 1, "events", 1), tail().writesSince(0));
  }

  @Test
  void shouldLeaveOutWhatWasBeforeWhenItBeginsLater() throws IOException {
    append("operator", "update", "acktasks", "status");
    long from = tail().end();
    append("operator", "delete", "acktasks", "");
    assertEquals(Map.of("acktasks", 1), tail().writesSince(from));
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
        {"verb":"%s","user":{"username":"%s"},"objectRef":{"resource":"%s","subresource":"%s"}}
        """
            .formatted(verb, user, resource, part),
        StandardOpenOption.APPEND);
  }
}
