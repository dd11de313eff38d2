package dev.acktask.e2e.crd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acktask.e2e.cluster.CommandResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What {@code kubectl get} prints, in a form that can be compared: one bar between cells and masked
 * ages, because widths and ages vary.
 */
record KubectlTable(String text) {
  static KubectlTable of(CommandResult printed) {
    List<String> lines = printed.orThrow().lines().toList();
    List<Integer> starts = starts(lines.get(0));
    StringBuilder table = new StringBuilder();
    for (String line : lines) {
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < starts.size(); i++) {
        int from = Math.min(starts.get(i), line.length());
        int to = i + 1 < starts.size() ? Math.min(starts.get(i + 1), line.length()) : line.length();
        cells.add(line.substring(from, to).strip().replaceFirst("^(\\d+[smhdy])+$", "<age>"));
      }
      table.append(String.join(" | ", cells).stripTrailing()).append('\n');
    }
    return new KubectlTable(table.toString());
  }

  /** Fails unless the table equals the golden file in {@code src/test/resources/crd/columns}. */
  void assertEqualsFile(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(KubectlTable.class.getResourceAsStream("/crd/columns/" + name))) {
      assertEquals(new String(in.readAllBytes(), StandardCharsets.UTF_8), text);
    }
  }

  private static List<Integer> starts(String header) {
    List<Integer> starts = new ArrayList<>();
    for (int i = 0; i < header.length(); i++) {
      if (header.charAt(i) != ' ' && (i == 0 || header.charAt(i - 1) == ' ')) {
        starts.add(i);
      }
    }
    return starts;
  }
}
