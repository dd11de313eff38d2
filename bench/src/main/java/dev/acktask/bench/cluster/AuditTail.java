package dev.acktask.bench.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The requests of one user in the audit log of the API server, which is written before a request is
 * answered.
 *
 * @param log one JSON object per line
 * @param user as the API server knows it
 */
public record AuditTail(Path log, String user) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> WRITES = Set.of("create", "update", "patch", "delete");
  private static final String LEASES = "leases";

  /** Current size of the log, in bytes. */
  public long end() {
    try {
      return Files.size(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes after byte {@code from} of the log. Lease renewals are left out: they occur every two
   * seconds regardless of load.
   */
  public List<Write> writesSince(long from) {
    List<Write> writes = new ArrayList<>();
    try (FileChannel channel = FileChannel.open(log)) {
      InputStream rest = Channels.newInputStream(channel.position(from));
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(rest, StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          JsonNode event = JSON.readTree(line);
          String resource = event.at("/objectRef/resource").asText();
          if (event.at("/user/username").asText().equals(user)
              && WRITES.contains(event.path("verb").asText())
              && !resource.equals(LEASES)) {
            String part = event.at("/objectRef/subresource").asText();
            writes.add(new Write(part.isEmpty() ? resource : resource + "/" + part, took(event)));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return writes;
  }

  private static Duration took(JsonNode event) {
    return Duration.between(
        Instant.parse(event.path("requestReceivedTimestamp").asText()),
        Instant.parse(event.path("stageTimestamp").asText()));
  }

  /**
   * One write.
   *
   * @param what the resource, with the subresource if any: {@code acktasks/status}
   * @param took from the receipt of the request until its answer
   */
  public record Write(String what, Duration took) {}
}
