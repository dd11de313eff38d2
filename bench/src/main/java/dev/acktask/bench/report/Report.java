package dev.acktask.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * All results of a run.
 *
 * @param circumstances description of machine, load and settings
 */
public record Report(Map<String, String> circumstances, List<Section> sections) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** Lines for a terminal, or for a page of documentation. */
  public String table() {
    StringBuilder text = new StringBuilder();
    circumstances.forEach((name, value) -> text.append("%-14s %s%n".formatted(name, value)));
    for (Section section : sections) {
      text.append("%n%s%n".formatted(section.scenario()));
      for (Figure figure : section.figures()) {
        text.append(
            "  %-34s %12s %s%n".formatted(figure.name(), formatted(figure.value()), figure.unit()));
      }
    }
    return text.toString();
  }

  /** The report as JSON, without rounding. */
  public String json() {
    ObjectNode root = JSON.createObjectNode();
    ObjectNode with = root.putObject("circumstances");
    circumstances.forEach(with::put);
    ArrayNode all = root.putArray("scenarios");
    for (Section section : sections) {
      ObjectNode one = all.addObject().put("scenario", section.scenario());
      ArrayNode figures = one.putArray("figures");
      for (Figure figure : section.figures()) {
        ObjectNode node = figures.addObject().put("name", figure.name());
        if (Double.isNaN(figure.value())) {
          node.putNull("value");
        } else {
          node.put("value", figure.value());
        }
        node.put("unit", figure.unit());
      }
    }
    try {
      return JSON.writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is always JSON", e);
    }
  }

  private static String formatted(double value) {
    if (Double.isNaN(value)) {
      return "-";
    }
    boolean isWhole = value == Math.rint(value);
    String format = isWhole ? "%,.0f" : Math.abs(value) < 10 ? "%.3f" : "%,.1f";
    return String.format(Locale.ROOT, format, value);
  }
}
