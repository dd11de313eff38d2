package dev.acktask.operator.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ExamplesTest {
  @Test
  void shouldBeNumberedWithoutGapsAndHaveAReadmeEach() throws IOException {
    List<Path> folders = Example.folders(Example.ROOT);
    for (int i = 0; i < folders.size(); i++) {
      String name = folders.get(i).getFileName().toString();
      assertEquals("%02d-".formatted(i + 1), name.substring(0, 3), name);
      assertTrue(Files.exists(folders.get(i).resolve("README.md")), name);
    }
  }

  @Test
  void shouldBeWellFormedYamlWithInventedIds() throws IOException {
    for (Path file : Example.files(Example.ROOT, ".yaml")) {
      if (file.toString().contains("/templates/")) {
        continue;
      }
      for (JsonNode object : Example.all(file)) {
        String taskId = object.at("/spec/taskId").asText();
        assertTrue(
            taskId.matches("(|T-0{18}[0-9a-f]{6}|install-addons-sim[0-9a-f]{12})"),
            () -> file + ": " + taskId);
      }
    }
  }
}
