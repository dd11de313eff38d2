package dev.acktask.simulator.yaml;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** One mapping of a file, read strictly; every error names its position. */
public final class YamlMapping {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory())
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final String source;
  private final String where;
  private final JsonNode node;

  private YamlMapping(String source, String where, JsonNode node) {
    this.source = source;
    this.where = where;
    this.node = node;
  }

  /**
   * The mapping that {@code yaml} is.
   *
   * @param source the file's name, for messages
   * @throws YamlException when it is none
   */
  public static YamlMapping parse(String source, String yaml) {
    try {
      return new YamlMapping(source, "", YAML.readTree(yaml)).mapping();
    } catch (JsonProcessingException e) {
      String place = e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr();
      throw new YamlException(source, place, firstLine(e.getOriginalMessage()));
    }
  }

  /** Refuses every other key, so that a misspelt one is not silently without effect. */
  public YamlMapping knowing(List<String> keys) {
    node.fieldNames()
        .forEachRemaining(
            key -> {
              if (!keys.contains(key)) {
                throw fail("unknown key '" + key + "'; known keys: " + String.join(", ", keys));
              }
            });
    return this;
  }

  public YamlException fail(String problem) {
    return new YamlException(source, where, problem);
  }

  public boolean has(String key) {
    return node.hasNonNull(key);
  }

  public String text(String key) {
    return optionalText(key).orElseThrow(() -> fail("'" + key + "' is missing"));
  }

  public String text(String key, String otherwise) {
    return optionalText(key).orElse(otherwise);
  }

  /** A scalar, verbatim; numbers and booleans count as their text. */
  public Optional<String> optionalText(String key) {
    if (!has(key)) {
      return Optional.empty();
    }
    if (!node.get(key).isValueNode()) {
      throw fail("'" + key + "' is not a single value");
    }
    return Optional.of(node.get(key).asText());
  }

  /**
   * A scalar as {@code parser} reads it.
   *
   * @param expected what to write instead, for the message about a text that is no such value
   */
  public <T> T parsed(String key, Function<String, Optional<T>> parser, String expected) {
    String text = text(key);
    return parser
        .apply(text)
        .orElseThrow(() -> fail("'" + key + "' is '" + text + "', " + expected));
  }

  public long number(String key, long otherwise, long least, long most) {
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

  public int integer(String key, int otherwise, int least, int most) {
    return Math.toIntExact(number(key, otherwise, least, most));
  }

  /** One of {@code values}; the first is the default. */
  public String choice(String key, List<String> values) {
    String text = text(key, values.get(0));
    if (!values.contains(text)) {
      throw fail("'" + key + "' is '" + text + "', expected one of " + values);
    }
    return text;
  }

  public Optional<YamlMapping> child(String key) {
    return has(key)
        ? Optional.of(new YamlMapping(source, at(key), node.get(key)).mapping())
        : Optional.empty();
  }

  public List<YamlMapping> children(String key) {
    List<YamlMapping> children = new ArrayList<>();
    if (has(key)) {
      if (!node.get(key).isArray()) {
        throw fail("'" + key + "' is not a list");
      }
      for (JsonNode child : node.get(key)) {
        String place = at(key) + "[" + children.size() + "]";
        children.add(new YamlMapping(source, place, child).mapping());
      }
    }
    return children;
  }

  /** A list of scalars; empty when {@code key} is missing. */
  public List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    if (has(key)) {
      if (!node.get(key).isArray()) {
        throw fail("'" + key + "' is not a list");
      }
      for (JsonNode item : node.get(key)) {
        if (!item.isValueNode() || item.isNull()) {
          throw fail("'" + key + "[" + texts.size() + "]' is not a single value");
        }
        texts.add(item.asText());
      }
    }
    return texts;
  }

  /** {@code true} or {@code false}; false when {@code key} is missing. */
  public boolean flag(String key) {
    return choice(key, List.of("false", "true")).equals("true");
  }

  /** A free-form mapping, in its order. */
  public Map<String, Object> freeForm(String key) {
    if (!has(key)) {
      return Map.of();
    }
    child(key);
    return JSON.convertValue(node.get(key), new TypeReference<LinkedHashMap<String, Object>>() {});
  }

  public static String listed(Iterable<String> names) {
    TreeSet<String> sorted = new TreeSet<>();
    names.forEach(sorted::add);
    return String.join(", ", sorted);
  }

  private String at(String key) {
    return where.isEmpty() ? key : where + "." + key;
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("not YAML");
  }

  private YamlMapping mapping() {
    if (!node.isObject()) {
      throw fail("expected a mapping of keys to values");
    }
    return this;
  }
}
