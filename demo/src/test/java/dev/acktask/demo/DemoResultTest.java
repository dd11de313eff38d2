package dev.acktask.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.acktask.demo.screen.AnsiColors;
import dev.acktask.demo.screen.PlainScreen;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoResultTest {
  private static final ScriptedOutcome SCRIPTED =
      new ScriptedOutcome("t-sim-maintenance", "Succeeded", "TaskSucceeded");

  @Test
  void shouldSayWhichTaskAppearedByItself() throws JsonProcessingException {
    // given
    Map<String, String> labels =
        Map.of(
            "acktask.dev/discovered-by", "all-clusters",
            "acktask.dev/started-by", "maintenance");

    // when
    DemoResult result = result(task("t-sim-maintenance", "Succeeded", labels));

    // then
    assertTrue(result.isAsScripted());
    assertEquals(
        "  t-sim-maintenance   Succeeded   TaskSucceeded   appeared by itself, by the discovery"
            + " all-clusters; started by maintenance",
        printed(result).get(2));
  }

  @Test
  void shouldNotBeAsScriptedWithASecondAckTask() throws JsonProcessingException {
    DemoResult result =
        result(
            task("t-sim-maintenance", "Succeeded", Map.of()),
            task("t-sim-other", "Succeeded", Map.of()));

    assertFalse(result.isAsScripted());
    assertEquals("  t-sim-other is not expected", printed(result).get(3));
  }

  @Test
  void shouldNotBeAsScriptedWithoutTheDiscoveredAckTask() throws JsonProcessingException {
    DemoResult result = result();

    assertFalse(result.isAsScripted());
    assertTrue(printed(result).get(2).endsWith("expected Succeeded, TaskSucceeded"));
  }

  private static DemoResult result(GenericKubernetesResource... tasks) {
    return new DemoResult(List.of(SCRIPTED), List.of(tasks));
  }

  private static List<String> printed(DemoResult result) throws JsonProcessingException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    result.printTo(
        new PlainScreen(new PrintStream(output, true, StandardCharsets.UTF_8)),
        new AnsiColors(false));
    return output.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static GenericKubernetesResource task(
      String name, String phase, Map<String, String> labels) {
    GenericKubernetesResource task = new GenericKubernetesResource();
    task.setMetadata(new ObjectMetaBuilder().withName(name).withLabels(labels).build());
    task.setAdditionalProperty("status", Map.of("phase", phase, "reason", "TaskSucceeded"));
    return task;
  }
}
