package dev.acktask.operator.config;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The table in docs/configuration.md equals the list in the code. */
final class ConfigurationPageTest {
  private static final Path PAGE = Path.of("../docs/configuration.md");

  @Test
  void shouldListEverySetting() throws IOException {
    StringBuilder table = new StringBuilder("| variable | default | meaning |\n|---|---|---|\n");
    for (Setting setting : Setting.values()) {
      String value = setting.defaultText().isEmpty() ? "–" : "`" + setting.defaultText() + "`";
      table.append(
          "| `%s` | %s | %s |\n".formatted(setting.variable(), value, setting.description()));
    }
    assertTrue(
        Files.readString(PAGE).contains(table),
        () -> "put this table into " + PAGE.getFileName() + ":\n" + table);
  }
}
