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
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The requests of one user by the API server's own record, which is written before a request is
 * answered.
 *
 * @param log one JSON object per line
 * @param user as the API server knows it
 */
public record AuditTail(Path log, String user) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> WRITES = Set.of("create", "update", "patch", "delete");
  private static final String LEASES = "leases";

  /** Where the record ends now, in bytes. */
  public long end() {
    try {
      return Files.size(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes since the record ended at {@code from}, by what was written; those for the lease, which
   * come every two seconds whatever there is to do, are left out.
   */
  public Map<String, Integer> writesSince(long from) {
    Map<String, Integer> writes = new TreeMap<>();
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
            writes.merge(part.isEmpty() ? resource : resource + "/" + part, 1, Integer::sum);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return writes;
  }
}
