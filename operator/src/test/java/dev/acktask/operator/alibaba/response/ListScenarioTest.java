package dev.acktask.operator.alibaba.response;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.acktask.operator.alibaba.Answer;
import dev.acktask.operator.task.ListPage;
import dev.acktask.operator.task.ListedCluster;
import dev.acktask.operator.task.ListedTask;
import dev.acktask.operator.task.Listing;
import dev.acktask.operator.task.MaintenancePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * One folder per scenario: the input is an answer of the cloud for a list, the output is the page
 * or the failure. {@code -Dacktask.scenarios.write=true} rewrites the expected files.
 */
final class ListScenarioTest {
  private static final Path ROOT = Path.of("src/test/resources/lists");
  private static final ObjectMapper YAML =
      new ObjectMapper(
              new YAMLFactory()
                  .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                  .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                  .disable(YAMLGenerator.Feature.SPLIT_LINES))
          .setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);

  @TestFactory
  Stream<DynamicTest> shouldReadAsWritten() throws IOException {
    return folders().stream()
        .map(folder -> dynamicTest(folder.getFileName().toString(), () -> check(folder)));
  }

  private static List<Path> folders() throws IOException {
    try (Stream<Path> entries = Files.list(ROOT)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    }
  }

  private static void check(Path folder) throws IOException {
    JsonNode in = YAML.readTree(folder.resolve("in-answer.json").toFile());
    JsonNode body = in.get("body");
    Answer answer =
        Answer.of(in.get("status").asInt(), body.isTextual() ? body.asText() : body.toString());
    for (Map.Entry<String, JsonNode> header : in.path("headers").properties()) {
      answer = answer.header(header.getKey(), header.getValue().asText());
    }
    compare(
        folder.resolve("out-listing.yaml"),
        YAML.writeValueAsString(written(answer.readAs(format(in)))));
  }

  private static ListFormat<?> format(JsonNode in) {
    return switch (in.get("list").asText()) {
      case "tasks" -> ListFormat.tasks(in.get("clusterId").asText());
      case "clusters" -> ListFormat.clusters();
      default -> ListFormat.plans();
    };
  }

  private static Map<String, Object> written(Listing<?> listing) {
    Map<String, Object> fields = new LinkedHashMap<>();
    switch (listing) {
      case Listing.Listed<?> listed -> put(fields, listed.page());
      case Listing.Failed<?> failed -> {
        fields.put("failed", failed.cause().getClass().getSimpleName());
        fields.put("result", failed.cause().toString());
      }
    }
    return fields;
  }

  private static void put(Map<String, Object> fields, ListPage<?> page) {
    fields.put("received", page.received());
    page.totalCount().ifPresent(count -> fields.put("totalCount", count));
    fields.put("nextToken", page.nextToken());
    fields.put("items", page.items().stream().map(ListScenarioTest::item).toList());
  }

  private static Map<String, String> item(Object item) {
    Map<String, String> fields = new LinkedHashMap<>();
    switch (item) {
      case ListedTask task -> {
        fields.put("task", task.task().taskId());
        fields.put("type", task.type());
        fields.put("state", task.state());
        fields.put("created", task.created() == null ? null : task.created().toString());
        fields.put("updated", task.updated());
        fields.put("isFinished", String.valueOf(task.isFinished()));
      }
      case ListedCluster cluster -> {
        fields.put("cluster", cluster.clusterId());
        fields.put("name", cluster.name());
        fields.put("region", cluster.regionId());
      }
      case MaintenancePlan plan -> {
        fields.put("plan", plan.planId());
        fields.put("cluster", plan.clusterId());
        fields.put("task", plan.task() == null ? null : plan.task().taskId());
        fields.put("type", plan.type());
      }
      default -> throw new IllegalArgumentException(item.toString());
    }
    return fields;
  }

  private static void compare(Path file, String actual) throws IOException {
    if (Boolean.getBoolean("acktask.scenarios.write")) {
      Files.writeString(file, actual);
    }
    assertEquals(Files.readString(file), actual, file.toString());
  }
}
