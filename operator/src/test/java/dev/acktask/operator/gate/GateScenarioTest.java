package dev.acktask.operator.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.acktask.operator.api.v1alpha1.GateSpec;
import dev.acktask.operator.api.v1alpha1.GateStatus;
import dev.acktask.operator.event.ObjectEvent;
import dev.acktask.operator.gate.GateEvidence.ClusterList;
import dev.acktask.operator.gate.GateEvidence.Discovery;
import dev.acktask.operator.gate.GateTask.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * One folder per state of a gate: the input is its spec, its status and what it reads, the output
 * is the decision. The gate is two minutes old. {@code -Dacktask.scenarios.write=true} rewrites the
 * expected files.
 */
final class GateScenarioTest {
  private static final Path ROOT = Path.of("src/test/resources/gates");
  private static final ObjectMapper YAML =
      new ObjectMapper(
              new YAMLFactory()
                  .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                  .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                  .disable(YAMLGenerator.Feature.SPLIT_LINES))
          .setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);

  /** An AckTask; created ten minutes before the gate unless {@code created} is set. */
  record Task(
      String name,
      Outcome outcome,
      String phase,
      @Nullable String clusterId,
      @Nullable String created,
      @Nullable String message,
      @Nullable String syncProblem) {
    GateTask read() {
      Instant time =
          switch (Objects.requireNonNullElse(created, "")) {
            case "" -> Gates.CREATED.minusSeconds(600);
            case "unknown" -> null;
            default -> Instant.parse(created);
          };
      String text = Objects.requireNonNullElse(message, name + " is " + phase + ".");
      return GateTask.builder(name, outcome)
          .phase(phase)
          .clusterId(clusterId)
          .taskCreated(time)
          .message(text)
          .syncProblem(syncProblem)
          .build();
    }
  }

  /**
   * The input.
   *
   * @param forgedStatus the status, if another client wrote it last
   * @param tasks for AllSucceeded; the unfinished AckTasks for NoneRunning
   * @param clusters for NoneRunning, with {@code discovery}
   */
  record Input(
      GateSpec spec,
      @Nullable GateStatus status,
      @Nullable GateStatus forgedStatus,
      @Nullable List<Task> tasks,
      @Nullable Discovery discovery,
      @Nullable Map<String, List<ClusterList>> clusters) {
    GateEvidence evidence() {
      List<GateTask> read =
          Objects.requireNonNullElse(tasks, List.<Task>of()).stream().map(Task::read).toList();
      return discovery == null
          ? new GateEvidence.Tasks(read)
          : new GateEvidence.Lists(
              discovery,
              Objects.requireNonNullElse(clusters, Map.<String, List<ClusterList>>of()),
              read);
    }

    GateSnapshot gate() {
      return new GateSnapshot(
          "00000000-0000-0000-0000-000000000001",
          1,
          Gates.CREATED,
          spec,
          forgedStatus == null ? status : forgedStatus,
          forgedStatus == null);
    }
  }

  record Output(
      boolean written,
      @Nullable String reconcileAgainAfter,
      @Nullable List<ObjectEvent> events,
      GateStatus status) {}

  @TestFactory
  Stream<DynamicTest> shouldDecideAsWritten() throws IOException {
    try (Stream<Path> entries = Files.list(ROOT)) {
      List<Path> folders = entries.sorted().toList();
      return folders.stream()
          .map(folder -> dynamicTest(folder.getFileName().toString(), () -> check(folder)));
    }
  }

  private static void check(Path folder) throws IOException {
    Input input = YAML.readValue(folder.resolve("in-gate.yaml").toFile(), Input.class);
    GateSnapshot gate = input.gate();
    GateDecision decision =
        new GateEvaluator()
            .evaluate(gate, GateSettings.parse(gate.spec()), input.evidence(), Gates.NOW);
    Output output =
        new Output(
            !decision.status().equals(gate.status()),
            decision.reconcileAgainAfter() == null
                ? null
                : decision.reconcileAgainAfter().toString(),
            decision.events().isEmpty() ? null : decision.events(),
            decision.status());
    compare(folder.resolve("out-decision.yaml"), YAML.writeValueAsString(output));
  }

  private static void compare(Path file, String actual) throws IOException {
    if (Boolean.getBoolean("acktask.scenarios.write")) {
      Files.writeString(file, actual);
    }
    assertEquals(Files.readString(file), actual, file.toString());
  }
}
