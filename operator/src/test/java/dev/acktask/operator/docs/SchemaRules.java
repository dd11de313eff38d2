package dev.acktask.operator.docs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The rules of a schema in words: bounds, patterns, enumerations and CEL rules. An unknown keyword
 * is an error, because each rule that the API server enforces must be on the page.
 */
final class SchemaRules {
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

  private SchemaRules() {}

  /** Rules of a field, in words, separated by semicolons. */
  static String of(String name, JsonNode schema, JsonNode parent) {
    List<String> rules = new ArrayList<>();
    if (texts(parent.path("required")).contains(name)) {
      rules.add("**required**");
    }
    addImmutable(rules, name, parent);
    addRulesOfSchema(rules, schema);
    JsonNode inner = inner(schema);
    if (holdsOthers(schema) && !inner.has("properties")) {
      List<String> each = new ArrayList<>();
      addRulesOfSchema(each, inner);
      if (!each.isEmpty()) {
        rules.add("each: " + String.join(", ", each));
      }
    }
    return cell(String.join("; ", rules));
  }

  /** Rules of an object that concern several of its fields, in words. */
  static List<String> ofSeveralFields(JsonNode schema) {
    return StreamSupport.stream(schema.path("x-kubernetes-validations").spliterator(), false)
        .filter(rule -> fieldsOf(rule).size() != 1)
        .map(SchemaRules::inWords)
        .toList();
  }

  /** The message of a rule, or the rule itself. */
  static String inWords(JsonNode rule) {
    return rule.has("message")
        ? rule.get("message").asText()
        : "`" + rule.get("rule").asText() + "`";
  }

  /** Fails for a keyword that this class does not know. */
  static void requireKnownKeywords(String where, JsonNode schema) {
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

  /** The schema of the objects in a list, of the values in a map, or of the field itself. */
  static JsonNode inner(JsonNode schema) {
    return schema.path("items").isObject()
        ? schema.get("items")
        : schema.path("additionalProperties").isObject()
            ? schema.get("additionalProperties")
            : schema;
  }

  private static void addRulesOfSchema(List<String> rules, JsonNode schema) {
    if (schema.has("enum")) {
      rules.add("one of " + codes(texts(schema.get("enum")), ", "));
    }
    switch (schema.path("format").asText()) {
      case "" -> {}
      case "date-time" -> rules.add("RFC 3339");
      case "int32", "int64" -> {}
      default -> rules.add("format " + schema.get("format").asText());
    }
    addBounds(rules, schema, "minLength", "maxLength", " characters");
    addBounds(rules, schema, "minimum", "maximum", "");
    addBounds(rules, schema, "minItems", "maxItems", " items");
    addBounds(rules, schema, "minProperties", "maxProperties", " entries");
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
        rules.add(
            rule.get("rule").asText().equals("self == oldSelf") ? "immutable" : inWords(rule));
      }
    }
  }

  private static void addBounds(
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
          rules.add(inWords(rule));
        }
      }
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

  private static boolean holdsOthers(JsonNode schema) {
    return schema.path("items").isObject() || schema.path("additionalProperties").isObject();
  }

  static String codes(List<String> words, String separator) {
    return words.stream().map(word -> "`" + word + "`").collect(Collectors.joining(separator));
  }

  static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  /** Escapes text for a cell of a table. */
  static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
