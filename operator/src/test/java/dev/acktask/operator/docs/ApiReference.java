package dev.acktask.operator.docs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Generates the API reference in Markdown from the CRDs alone. */
final class ApiReference {
  private final StringBuilder page = new StringBuilder();

  private ApiReference() {}

  /** One chapter per kind; the kind that users write most comes first. */
  static String of(List<JsonNode> crds) {
    ApiReference reference = new ApiReference();
    List<JsonNode> sorted =
        crds.stream()
            .sorted(
                Comparator.comparing((JsonNode crd) -> !kind(crd).equals("AckTask"))
                    .thenComparing(ApiReference::kind))
            .toList();
    reference.contents(sorted);
    sorted.forEach(reference::chapter);
    return reference.page.toString();
  }

  private void contents(List<JsonNode> crds) {
    for (JsonNode crd : crds) {
      String kind = kind(crd);
      line("- [%s](#%s): [spec](#%2$s-spec), [status](#%2$s-status)".formatted(kind, anchor(kind)));
    }
  }

  private void chapter(JsonNode crd) {
    if (crd.at("/spec/versions").size() != 1) {
      throw new IllegalArgumentException(
          kind(crd) + " has several versions, which ApiReference does not support");
    }
    JsonNode version = crd.at("/spec/versions/0");
    JsonNode schema = version.at("/schema/openAPIV3Schema");
    line("");
    line("## %s".formatted(kind(crd)));
    line("");
    line(text(schema.get("description")));
    line("");
    identity(crd, version);
    columns(version.path("additionalPrinterColumns"));
    SchemaRules.requireKnownKeywords(kind(crd), schema);
    rulesOfTheWhole(schema);
    for (String part : List.of("spec", "status")) {
      if (schema.at("/properties").has(part)) {
        object(kind(crd) + " " + part, schema.at("/properties/" + part));
      }
    }
  }

  private void identity(JsonNode crd, JsonNode version) {
    JsonNode names = crd.at("/spec/names");
    line("| | |");
    line("|---|---|");
    line(
        "| apiVersion | `%s/%s` |"
            .formatted(crd.at("/spec/group").asText(), version.get("name").asText()));
    line("| kind | `%s` |".formatted(kind(crd)));
    line("| scope | %s |".formatted(crd.at("/spec/scope").asText()));
    List<String> all = new ArrayList<>(List.of(names.get("plural").asText()));
    all.add(names.get("singular").asText());
    all.addAll(SchemaRules.texts(names.path("shortNames")));
    line("| names for kubectl | %s |".formatted(SchemaRules.codes(all, ", ")));
    if (!names.path("categories").isEmpty()) {
      line(
          "| categories | %s |"
              .formatted(SchemaRules.codes(SchemaRules.texts(names.get("categories")), ", ")));
    }
    List<String> selectable = new ArrayList<>();
    version
        .path("selectableFields")
        .forEach(field -> selectable.add(field.get("jsonPath").asText().substring(1)));
    if (!selectable.isEmpty()) {
      line("| field selectors | %s |".formatted(SchemaRules.codes(selectable, ", ")));
    }
  }

  private void columns(JsonNode columns) {
    if (columns.isEmpty()) {
      return;
    }
    line("");
    line("What `kubectl get` prints; *wide* columns come with `-o wide`:");
    line("");
    line("| column | | from | description |");
    line("|---|---|---|---|");
    for (JsonNode column : columns) {
      line(
          "| %s | %s | `%s` | %s |"
              .formatted(
                  column.get("name").asText().toUpperCase(java.util.Locale.ROOT),
                  column.path("priority").asInt() > 0 ? "wide" : "",
                  column.get("jsonPath").asText().substring(1),
                  column.path("description").asText()));
    }
  }

  /** A section with the fields of one object, then one for each object inside it. */
  private void object(String title, JsonNode schema) {
    SchemaRules.requireKnownKeywords(title, schema);
    line("");
    line("### %s".formatted(title));
    line("");
    if (schema.has("description")) {
      line(text(schema.get("description")));
      line("");
    }
    if (schema.has("default")) {
      line("Until it is set: `%s`.".formatted(schema.get("default")));
      line("");
    }
    List<Map.Entry<String, JsonNode>> fields = List.copyOf(schema.path("properties").properties());
    boolean anyDefault = fields.stream().anyMatch(field -> field.getValue().has("default"));
    line(
        anyDefault
            ? "| field | type | default | rules | description |"
            : "| field | type | rules | description |");
    line(anyDefault ? "|---|---|---|---|---|" : "|---|---|---|---|");
    for (Map.Entry<String, JsonNode> field : fields) {
      String name = field.getKey();
      JsonNode value = field.getValue();
      SchemaRules.requireKnownKeywords(title + ": " + name, value);
      line(
          "| `%s` | %s |%s %s | %s |"
              .formatted(
                  name,
                  type(title, name, value),
                  anyDefault
                      ? (value.has("default") ? " `" + value.get("default") + "`" : "") + " |"
                      : "",
                  SchemaRules.of(name, value, schema),
                  SchemaRules.cell(text(value.path("description")))));
    }
    List<String> rest = SchemaRules.ofSeveralFields(schema);
    if (!rest.isEmpty()) {
      line("");
      rest.forEach(rule -> line("- %s.".formatted(rule)));
    }
    for (Map.Entry<String, JsonNode> field : fields) {
      JsonNode inner = SchemaRules.inner(field.getValue());
      if (inner.has("properties")) {
        object(nested(title, field.getKey()), inner);
      }
    }
  }

  private static String type(String title, String name, JsonNode schema) {
    String type = schema.path("type").asText();
    if (schema.has("properties")) {
      return link("object", nested(title, name));
    }
    if (type.equals("array")) {
      JsonNode items = schema.get("items");
      SchemaRules.requireKnownKeywords(title + ": " + name + " items", items);
      return items.has("properties")
          ? "list of " + link("objects", nested(title, name))
          : "list of " + items.get("type").asText() + "s";
    }
    if (type.equals("object") && schema.path("additionalProperties").isObject()) {
      JsonNode values = schema.get("additionalProperties");
      SchemaRules.requireKnownKeywords(title + ": " + name + " values", values);
      return values.has("properties")
          ? "map of " + link("objects", nested(title, name))
          : "map of " + values.get("type").asText() + "s";
    }
    return type;
  }

  /** Rules over spec, metadata and status together. */
  private void rulesOfTheWhole(JsonNode schema) {
    JsonNode rules = schema.path("x-kubernetes-validations");
    if (!rules.isEmpty()) {
      line("");
      rules.forEach(rule -> line("- %s.".formatted(SchemaRules.inWords(rule))));
    }
  }

  private static String nested(String title, String field) {
    return title + ": " + field;
  }

  private static String link(String text, String title) {
    return "[" + text + "](#" + anchor(title) + ")";
  }

  private static String anchor(String title) {
    return Markdown.slug(title);
  }

  private static String kind(JsonNode crd) {
    return crd.at("/spec/names/kind").asText();
  }

  private static String text(JsonNode node) {
    return node.asText().strip().replaceAll("\\s+", " ");
  }

  private void line(String text) {
    page.append(text.replaceAll(" +", " ").stripTrailing()).append('\n');
  }
}
