package dev.acktask.simulator.script;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** One mapping of a script, read strictly; every error names its position. */
final class ScriptNode {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String source;
  private final String where;
  private final JsonNode node;

  private ScriptNode(String source, String where, JsonNode node) {
    this.source = source;
    this.where = where;
    this.node = node;
  }

  /** The whole of {@code source}. */
  static ScriptNode root(String source, JsonNode node) {
    return new ScriptNode(source, "", node).mapping();
  }

  /** Refuses every other key, so that a misspelt one is not silently without effect. */
  ScriptNode knowing(List<String> keys) {
    node.fieldNames()
        .forEachRemaining(
            key -> {
              if (!keys.contains(key)) {
                throw fail("unknown key '" + key + "'; known keys: " + String.join(", ", keys));
              }
            });
    return this;
  }

  ScriptException fail(String problem) {
    return new ScriptException(source, where, problem);
  }

  boolean has(String key) {
    return node.hasNonNull(key);
  }

  String text(String key) {
    return optionalText(key).orElseThrow(() -> fail("'" + key + "' is missing"));
  }

  String text(String key, String otherwise) {
    return optionalText(key).orElse(otherwise);
  }

  /** A scalar, verbatim; numbers and booleans count as their text. */
  Optional<String> optionalText(String key) {
    if (!has(key)) {
      return Optional.empty();
    }
    if (!node.get(key).isValueNode()) {
      throw fail("'" + key + "' is not a single value");
    }
    return Optional.of(node.get(key).asText());
  }

  Duration duration(String key) {
    String text = text(key);
    return DurationText.parse(text)
        .orElseThrow(() -> fail("'" + key + "' is '" + text + "', " + DurationText.EXPECTED));
  }

  long number(String key, long otherwise, long least, long most) {
    String text = text(key, String.valueOf(otherwise));
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // reported below
    }
    throw fail("'%s' is '%s', expected a number from %d to %d".formatted(key, text, least, most));
  }

  int integer(String key, int otherwise, int least, int most) {
    return Math.toIntExact(number(key, otherwise, least, most));
  }

  /** One of {@code values}; the first is the default. */
  String choice(String key, List<String> values) {
    String text = text(key, values.get(0));
    if (!values.contains(text)) {
      throw fail("'" + key + "' is '" + text + "', expected one of " + values);
    }
    return text;
  }

  Optional<ScriptNode> child(String key) {
    return has(key)
        ? Optional.of(new ScriptNode(source, at(key), node.get(key)).mapping())
        : Optional.empty();
  }

  List<ScriptNode> children(String key) {
    List<ScriptNode> children = new ArrayList<>();
    if (has(key)) {
      if (!node.get(key).isArray()) {
        throw fail("'" + key + "' is not a list");
      }
      for (JsonNode child : node.get(key)) {
        String place = at(key) + "[" + children.size() + "]";
        children.add(new ScriptNode(source, place, child).mapping());
      }
    }
    return children;
  }

  /** A free-form mapping, in its order. */
  Map<String, Object> freeForm(String key) {
    if (!has(key)) {
      return Map.of();
    }
    child(key);
    return JSON.convertValue(node.get(key), new TypeReference<LinkedHashMap<String, Object>>() {});
  }

  static String listed(Iterable<String> names) {
    TreeSet<String> sorted = new TreeSet<>();
    names.forEach(sorted::add);
    return String.join(", ", sorted);
  }

  private String at(String key) {
    return where.isEmpty() ? key : where + "." + key;
  }

  private ScriptNode mapping() {
    if (!node.isObject()) {
      throw fail("expected a mapping of keys to values");
    }
    return this;
  }
}
