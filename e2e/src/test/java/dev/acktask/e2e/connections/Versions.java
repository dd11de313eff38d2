package dev.acktask.e2e.connections;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acktask.e2e.history.ObjectVersion;
import dev.acktask.e2e.operator.OperatorFixture;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;

/** Queries of the recorded versions of an AckTask. */
final class Versions {
  private Versions() {}

  /** The conditions Synced of {@code name} since then that are not True. */
  static List<JsonNode> ofFalseSynced(OperatorFixture fixture, String name, Instant since) {
    return fixture.recorder().history().versions().stream()
        .filter(version -> version.observedAt().isAfter(since))
        .map(ObjectVersion::object)
        .filter(object -> object.at("/metadata/name").asText().equals(name))
        .flatMap(
            object -> StreamSupport.stream(object.at("/status/conditions").spliterator(), false))
        .filter(condition -> condition.path("type").asText().equals("Synced"))
        .filter(condition -> !condition.path("status").asText().equals("True"))
        .toList();
  }
}
