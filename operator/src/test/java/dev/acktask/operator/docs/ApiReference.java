package dev.acktask.operator.docs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The API reference as Markdown, from nothing but the CRDs. A keyword that it does not know stops
 * it: a rule that the API server enforces must not be missing on the page.
 */
final class ApiReference {
  private static final Set<String> KEYWORDS =
      Set.of(
          "type",
          "format",
          "description",
          "default",
          "required",
          "properties",
          "additionalProperties",
          "items",
          "enum",
          "pattern",
          "minLength",
          "maxLength",
          "minimum",
          "maximum",
          "minItems",
          "maxItems",
          "minProperties",
          "maxProperties",
          "nullable",
          "x-kubernetes-validations",
          "x-kubernetes-list-type",
          "x-kubernetes-list-map-keys",
          "x-kubernetes-map-type");

  private static final Pattern FIELD = Pattern.compile("\\b(?:self|oldSelf)\\.([A-Za-z0-9_]+)");
  private static final Pattern UNCHANGED = Pattern.compile("self\\.(\\w+) == oldSelf\\.\\1\\b");

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
          kind(crd) + " has several versions: teach ApiReference to tell them apart");
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
    known(kind(crd), schema);
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
    all.addAll(texts(names.path("shortNames")));
    line("| names for kubectl | %s |".formatted(codes(all, ", ")));
    if (!names.path("categories").isEmpty()) {
      line("| categories | %s |".formatted(codes(texts(names.get("categories")), ", ")));
    }
    List<String> selectable = new ArrayList<>();
    version
        .path("selectableFields")
        .forEach(field -> selectable.add(field.get("jsonPath").asText().substring(1)));
    if (!selectable.isEmpty()) {
      line("| field selectors | %s |".formatted(codes(selectable, ", ")));
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
    known(title, schema);
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
      known(title + ": " + name, value);
      line(
          "| `%s` | %s |%s %s | %s |"
              .formatted(
                  name,
                  type(title, name, value),
                  anyDefault
                      ? (value.has("default") ? " `" + value.get("default") + "`" : "") + " |"
                      : "",
                  rules(name, value, schema),
                  cell(text(value.path("description")))));
    }
    List<String> rest = rulesOfSeveralFields(schema);
    if (!rest.isEmpty()) {
      line("");
      rest.forEach(rule -> line("- %s.".formatted(rule)));
    }
    for (Map.Entry<String, JsonNode> field : fields) {
      JsonNode inner = inner(field.getValue());
      if (inner.has("properties")) {
        object(nested(title, field.getKey()), inner);
      }
    }
  }

  /** The schema of the objects in a list, of the values in a map, or of the field itself. */
  private static JsonNode inner(JsonNode schema) {
    return schema.path("items").isObject()
        ? schema.get("items")
        : schema.path("additionalProperties").isObject()
            ? schema.get("additionalProperties")
            : schema;
  }

  private static boolean holdsOthers(JsonNode schema) {
    return schema.path("items").isObject() || schema.path("additionalProperties").isObject();
  }

  private static String type(String title, String name, JsonNode schema) {
    String type = schema.path("type").asText();
    if (schema.has("properties")) {
      return link("object", nested(title, name));
    }
    if (type.equals("array")) {
      JsonNode items = schema.get("items");
      known(title + ": " + name + " items", items);
      return items.has("properties")
          ? "list of " + link("objects", nested(title, name))
          : "list of " + items.get("type").asText() + "s";
    }
    if (type.equals("object") && schema.path("additionalProperties").isObject()) {
      JsonNode values = schema.get("additionalProperties");
      known(title + ": " + name + " values", values);
      return values.has("properties")
          ? "map of " + link("objects", nested(title, name))
          : "map of " + values.get("type").asText() + "s";
    }
    return type;
  }

  private static String rules(String name, JsonNode schema, JsonNode parent) {
    List<String> rules = new ArrayList<>();
    if (texts(parent.path("required")).contains(name)) {
      rules.add("**required**");
    }
    addImmutable(rules, name, parent);
    addOwn(rules, schema);
    JsonNode inner = inner(schema);
    if (holdsOthers(schema) && !inner.has("properties")) {
      List<String> each = new ArrayList<>();
      addOwn(each, inner);
      if (!each.isEmpty()) {
        rules.add("each: " + String.join(", ", each));
      }
    }
    return cell(String.join("; ", rules));
  }

  private static void addOwn(List<String> rules, JsonNode schema) {
    if (schema.has("enum")) {
      rules.add("one of " + codes(texts(schema.get("enum")), ", "));
    }
    switch (schema.path("format").asText()) {
      case "" -> {}
      case "date-time" -> rules.add("RFC 3339");
      case "int32", "int64" -> {}
      default -> rules.add("format " + schema.get("format").asText());
    }
    bounds(rules, schema, "minLength", "maxLength", " characters");
    bounds(rules, schema, "minimum", "maximum", "");
    bounds(rules, schema, "minItems", "maxItems", " items");
    bounds(rules, schema, "minProperties", "maxProperties", " entries");
    if (schema.has("pattern")) {
      rules.add("`" + schema.get("pattern").asText() + "`");
    }
    if (schema.path("nullable").asBoolean()) {
      rules.add("may be null");
    }
    if (schema.path("x-kubernetes-list-type").asText().equals("set")) {
      rules.add("no duplicates");
    }
    if (schema.has("x-kubernetes-list-map-keys")) {
      rules.add("one per " + codes(texts(schema.get("x-kubernetes-list-map-keys")), ", "));
    }
    if (!schema.has("properties")) {
      for (JsonNode rule : schema.path("x-kubernetes-validations")) {
        rules.add(rule.get("rule").asText().equals("self == oldSelf") ? "immutable" : said(rule));
      }
    }
  }

  private static void bounds(
      List<String> rules, JsonNode schema, String least, String most, String unit) {
    if (schema.has(least) && schema.has(most)) {
      rules.add(schema.get(least) + " to " + schema.get(most) + unit);
    } else if (schema.has(least)) {
      rules.add("at least " + schema.get(least) + unit);
    } else if (schema.has(most)) {
      rules.add("at most " + schema.get(most) + unit);
    }
  }

  private static void addImmutable(List<String> rules, String name, JsonNode parent) {
    for (JsonNode rule : parent.path("x-kubernetes-validations")) {
      if (fieldsOf(rule).equals(Set.of(name))) {
        Matcher unchanged = UNCHANGED.matcher(rule.get("rule").asText());
        if (unchanged.find()) {
          boolean optional = rule.get("rule").asText().contains("has(oldSelf");
          rules.add(optional ? "immutable (also whether it is there)" : "immutable");
        } else {
          rules.add(said(rule));
        }
      }
    }
  }

  private static List<String> rulesOfSeveralFields(JsonNode schema) {
    return StreamSupport.stream(schema.path("x-kubernetes-validations").spliterator(), false)
        .filter(rule -> fieldsOf(rule).size() != 1)
        .map(ApiReference::said)
        .toList();
  }

  /** Rules over spec, metadata and status together. */
  private void rulesOfTheWhole(JsonNode schema) {
    JsonNode rules = schema.path("x-kubernetes-validations");
    if (!rules.isEmpty()) {
      line("");
      rules.forEach(rule -> line("- %s.".formatted(said(rule))));
    }
  }

  private static Set<String> fieldsOf(JsonNode rule) {
    Set<String> fields = new TreeSet<>();
    Matcher field = FIELD.matcher(rule.get("rule").asText());
    while (field.find()) {
      fields.add(field.group(1));
    }
    return fields;
  }

  private static String said(JsonNode rule) {
    return rule.has("message")
        ? rule.get("message").asText()
        : "`" + rule.get("rule").asText() + "`";
  }

  private static void known(String where, JsonNode schema) {
    schema
        .fieldNames()
        .forEachRemaining(
            keyword -> {
              if (!KEYWORDS.contains(keyword)) {
                throw new IllegalArgumentException(
                    where + " uses " + keyword + ", which ApiReference cannot put into words");
              }
            });
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

  private static String codes(List<String> words, String separator) {
    return words.stream().map(word -> "`" + word + "`").collect(Collectors.joining(separator));
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static String text(JsonNode node) {
    return node.asText().strip().replaceAll("\\s+", " ");
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }

  private void line(String text) {
    page.append(text.replaceAll(" +", " ").stripTrailing()).append('\n');
  }
}
