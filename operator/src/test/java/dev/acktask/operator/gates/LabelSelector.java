package dev.acktask.operator.gates;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A label selector over the fields of an object, as Argo Workflows evaluates its conditions: paths
 * are keys, and only scalars can be compared.
 */
record LabelSelector(List<Requirement> requirements) {
  private static final String VALUE = "[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?";
  private static final String PATH = "([A-Za-z0-9./_-]+)";
  private static final Pattern EXISTS = Pattern.compile("(!?)\\s*" + PATH);
  private static final Pattern EQUALS = Pattern.compile(PATH + "\\s*(==|=|!=)\\s*(" + VALUE + ")?");
  private static final Pattern IN = Pattern.compile(PATH + "\\s+(in|notin)\\s*\\(([^()]*)\\)");

  /**
   * One part between commas.
   *
   * @param values if empty, any value matches
   * @param negated also matches if the field is missing
   */
  record Requirement(String path, List<String> values, boolean negated) {
    boolean matches(JsonNode object) {
      JsonNode value = object.at("/" + path.replace('.', '/'));
      boolean isPresent = !value.isMissingNode() && !value.isNull();
      return negated != (isPresent && (values.isEmpty() || values.contains(value.asText())));
    }
  }

  static LabelSelector parse(String text) {
    return new LabelSelector(
        Arrays.stream(text.split(",(?![^(]*\\))", -1))
            .map(String::strip)
            .map(LabelSelector::one)
            .toList());
  }

  private static Requirement one(String text) {
    Matcher in = IN.matcher(text);
    if (in.matches()) {
      List<String> values = new ArrayList<>();
      for (String value : in.group(3).split(",", -1)) {
        if (!value.strip().matches(VALUE)) {
          throw new IllegalArgumentException("not the value of a label: " + value);
        }
        values.add(value.strip());
      }
      return new Requirement(in.group(1), values, in.group(2).equals("notin"));
    }
    Matcher equal = EQUALS.matcher(text);
    if (equal.matches()) {
      String value = equal.group(3) == null ? "" : equal.group(3);
      return new Requirement(equal.group(1), List.of(value), equal.group(2).equals("!="));
    }
    Matcher exists = EXISTS.matcher(text);
    if (exists.matches()) {
      return new Requirement(exists.group(2), List.of(), !exists.group(1).isEmpty());
    }
    throw new IllegalArgumentException("not a label selector: " + text);
  }
}
