package dev.acktask.e2e.install;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;

/** The audit log of the API server; a watch is logged when it ends. */
record AuditLog(Path file) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FORBIDDEN = 403;

  /** Every right that requests of {@code user} used. */
  Set<Right> uses(String user) {
    return rights(user, false);
  }

  /** Every right that {@code user} lacked. */
  Set<Right> refused(String user) {
    return rights(user, true);
  }

  private Set<Right> rights(String user, boolean isRefused) {
    Set<Right> rights = new LinkedHashSet<>();
    try (Stream<String> lines = Files.lines(file)) {
      lines
          // cheaper than parsing the requests of other users
          .filter(line -> line.contains('"' + user + '"'))
          .map(AuditLog::parse)
          .filter(event -> event.at("/user/username").asText().equals(user))
          .filter(event -> event.has("objectRef"))
          .filter(event -> (event.at("/responseStatus/code").asInt() == FORBIDDEN) == isRefused)
          .forEach(event -> rights.add(right(event)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rights;
  }

  private static Right right(JsonNode event) {
    JsonNode object = event.get("objectRef");
    String resource = object.path("apiGroup").asText() + "/" + object.path("resource").asText();
    String part = object.path("subresource").asText();
    return new Right(
        event.path("verb").asText(),
        part.isEmpty() ? resource : resource + "/" + part,
        object.path("name").asText(),
        object.path("namespace").asText());
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
