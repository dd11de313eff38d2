package dev.acktask.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {
  private final Report report =
      new Report(
          Map.of("tasks", "12"),
          List.of(
              new Section("steady")
                  .count("calls", 12_345)
                  .add("CPU per unchanged poll", 0.31249, "ms")
                  .add("gap", Double.NaN, "s")));

  @Test
  void shouldRoundWhenPrintedAsATable() {
    assertTrue(report.table().contains("12,345"));
    assertTrue(report.table().contains("0.312 ms"));
  }

  @Test
  void shouldKeepAllDigitsWhenWrittenAsJson() throws IOException {
    JsonNode figures = new ObjectMapper().readTree(report.json()).at("/scenarios/0/figures");
    assertEquals(0.31249, figures.at("/1/value").doubleValue());
    assertTrue(figures.at("/2/value").isNull());
  }
}
