package dev.acktask.operator.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.acktask.operator.alibaba.RecordedAnswer;
import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.estimate.UsualDurations;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskRef;
import dev.acktask.operator.text.Redaction;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * One folder per scenario: the input is an AckTask and an answer of the cloud, the output is the
 * status and the rest of the decision. {@code -Dacktask.scenarios.write=true} rewrites the expected
 * files.
 */
final class ScenarioTest {
  private static final Path ROOT = Path.of("src/test/resources/scenarios");
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final ObjectMapper YAML =
      new ObjectMapper(
              new YAMLFactory()
                  .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                  .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                  .disable(YAMLGenerator.Feature.SPLIT_LINES))
          .setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);

  private static final PollSchedule SCHEDULE =
      new PollSchedule(Duration.ofSeconds(15), Duration.ofSeconds(5), Duration.ofMinutes(5));

  private final TaskEvaluator evaluator = new TaskEvaluator(SCHEDULE, Redaction.BUILT_IN);

  /** The decision without the status, and the poll that follows. */
  record Outcome(
      boolean written, String pollAgainAfter, String reconcileAgainAfter, Object events) {}

  @TestFactory
  Stream<DynamicTest> shouldDecideAsWritten() throws IOException {
    return folders().stream()
        .map(folder -> dynamicTest(folder.getFileName().toString(), () -> check(folder)));
  }

  private static List<Path> folders() throws IOException {
    try (Stream<Path> entries = Files.list(ROOT)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    }
  }

  private void check(Path folder) throws IOException {
    AckTask task = YAML.readValue(folder.resolve("in-task.yaml").toFile(), AckTask.class);
    JsonNode lookup = YAML.readTree(folder.resolve("in-lookup.json").toFile());
    ObjectMeta meta = task.getMetadata();
    AckTaskSnapshot snapshot =
        AckTaskSnapshot.builder(meta.getUid(), task.getSpec())
            .generation(meta.getGeneration())
            .status(task.getStatus())
            .operatorWroteStatus(lookup.path("ownStatus").asBoolean(true))
            .created(meta.getCreationTimestamp())
            .refreshRequest(meta.getAnnotations().get(AckTask.REFRESH_REQUESTED_AT))
            .usualDurations(usual(lookup.path("usual")))
            .build();
    Decision decision = decide(snapshot, lookup);
    Outcome outcome =
        new Outcome(
            !decision.status().equals(task.getStatus()),
            text(pollAgainAfter(snapshot, lookup, decision)),
            text(decision.reconcileAgainAfter()),
            decision.events().isEmpty() ? null : decision.events());
    compare(folder.resolve("out-status.yaml"), YAML.writeValueAsString(decision.status()));
    compare(folder.resolve("out-decision.yaml"), YAML.writeValueAsString(outcome));
    StatusInvariants.check(decision.status(), task.getMetadata().getGeneration());
  }

  /** The lookup is an HTTP answer as the cloud would send it, or a failure of the client. */
  private Decision decide(AckTaskSnapshot snapshot, JsonNode lookup) {
    if (lookup.has("none")) {
      return TaskRef.parse(snapshot.spec().taskId()).isPresent()
          ? evaluator.evaluateWithoutPoll(snapshot, NOW)
          : evaluator.refuse(snapshot, NOW);
    }
    return evaluator.evaluate(
        snapshot, new Observed(lookup(snapshot, lookup), notFoundSince(lookup), null), NOW);
  }

  /** Null where the scenario has none. */
  private static UsualDurations usual(JsonNode usual) {
    if (usual.isMissingNode()) {
      return null;
    }
    Map<String, Duration> stages = new HashMap<>();
    usual
        .path("stages")
        .properties()
        .forEach(stage -> stages.put(stage.getKey(), Duration.parse(stage.getValue().asText())));
    return new UsualDurations(
        usual.get("sampleSize").asInt(),
        Duration.parse(usual.get("median").asText()),
        Duration.parse(usual.get("percentile90").asText()),
        stages);
  }

  private static Instant notFoundSince(JsonNode lookup) {
    return lookup.has("notFoundSince") ? Instant.parse(lookup.get("notFoundSince").asText()) : null;
  }

  /** Null if the task is not polled, or was not. */
  private static Duration pollAgainAfter(
      AckTaskSnapshot snapshot, JsonNode lookup, Decision decision) {
    if (lookup.has("none") || Verdict.of(decision.status()).isFinished()) {
      return null;
    }
    TaskLookup result = lookup(snapshot, lookup);
    Instant since =
        result instanceof TaskLookup.NotFound
            ? notFoundSince(lookup)
            : snapshot.failedSince().orElse(null);
    return SCHEDULE.afterPoll(snapshot, result, NOW, since);
  }

  private static TaskLookup lookup(AckTaskSnapshot snapshot, JsonNode lookup) {
    if (lookup.has("rejected")) {
      return new TaskLookup.Rejected(
          TaskLookup.Rejected.Refusal.valueOf(lookup.get("rejected").asText()),
          lookup.get("message").asText(),
          null);
    }
    if (lookup.has("unavailable")) {
      return new TaskLookup.Unavailable(
          TaskLookup.Unavailable.Failure.valueOf(lookup.get("unavailable").asText()),
          lookup.get("message").asText(),
          null);
    }
    Map<String, String> headers = new HashMap<>();
    lookup
        .path("headers")
        .properties()
        .forEach(h -> headers.put(h.getKey(), h.getValue().asText()));
    return new RecordedAnswer(lookup.get("status").asInt(), headers, lookup.get("body").toString())
        .readFor(snapshot.spec().taskId());
  }

  private static void compare(Path file, String actual) throws IOException {
    if (Boolean.getBoolean("acktask.scenarios.write")) {
      Files.writeString(file, actual);
    }
    assertEquals(Files.readString(file), actual, file::toString);
  }

  private static String text(Object value) {
    return value == null ? null : value.toString();
  }
}
