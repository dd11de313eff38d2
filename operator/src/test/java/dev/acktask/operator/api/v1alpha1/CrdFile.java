package dev.acktask.operator.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/** A committed CRD, and how it differs from Java records. */
record CrdFile(String name, JsonNode crd) {
  private static final Map<Class<?>, String> SCALARS =
      Map.of(
          String.class, "string",
          Boolean.class, "boolean",
          Long.class, "integer int64",
          long.class, "integer int64",
          Integer.class, "integer int32",
          int.class, "integer int32");

  /** Reads {@code crds/PLURAL.acktask.dev.yaml}. */
  static CrdFile of(String plural) {
    Path file = Path.of("../crds/" + plural + ".acktask.dev.yaml");
    try {
      return new CrdFile(
          file.getFileName().toString(),
          new ObjectMapper(new YAMLFactory()).readTree(Files.readString(file)));
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  JsonNode version() {
    return crd.at("/spec/versions/0");
  }

  /** The properties {@code spec} and {@code status}. */
  JsonNode schema() {
    return version().at("/schema/openAPIV3Schema/properties");
  }

  /** Names of the columns of {@code kubectl get}; wide ones are marked. */
  List<String> columns() {
    return StreamSupport.stream(version().get("additionalPrinterColumns").spliterator(), false)
        .map(c -> c.get("name").asText() + (c.path("priority").asInt() == 1 ? " wide" : ""))
        .toList();
  }

  /**
   * What to change so that both have the same fields of the same types.
   *
   * @param elsewhere fields of the records that another kind has
   */
  List<String> fixes(Class<?> spec, Class<?> status, Set<String> elsewhere) {
    Map<String, String> java = new TreeMap<>();
    ofRecord("spec", spec, java);
    ofRecord("status", status, java);
    java.keySet().removeIf(field -> elsewhere.stream().anyMatch(field::startsWith));
    Map<String, String> yaml = new TreeMap<>();
    ofSchema("spec", schema().get("spec"), yaml);
    ofSchema("status", schema().get("status"), yaml);
    List<String> fixes = new ArrayList<>();
    Set<String> all = new TreeSet<>(java.keySet());
    all.addAll(yaml.keySet());
    for (String field : all) {
      String inJava = java.get(field);
      String inYaml = yaml.get(field);
      if (inYaml == null) {
        fixes.add(
            "%s (%s) is missing in %s: add it there, or remove the record component"
                .formatted(field, inJava, name));
      } else if (inJava == null) {
        fixes.add(
            "%s (%s) is missing in the Java records of api.v1alpha1: add it, or remove it from %s"
                .formatted(field, inYaml, name));
      } else if (!inJava.equals(inYaml)) {
        fixes.add(
            "%s is %s in Java but %s in %s: make them equal"
                .formatted(field, inJava, inYaml, name));
      }
    }
    return fixes;
  }

  /** Paths of fields without a description. */
  List<String> undescribed() {
    List<String> found = new ArrayList<>();
    undescribed("spec", schema().get("spec"), found);
    undescribed("status", schema().get("status"), found);
    return found;
  }

  static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static void undescribed(String path, JsonNode node, List<String> found) {
    if (!path.endsWith("[]") && !node.hasNonNull("description")) {
      found.add(path);
    }
    node.path("properties")
        .properties()
        .forEach(p -> undescribed(path + "." + p.getKey(), p.getValue(), found));
    if (node.has("items")) {
      undescribed(path + "[]", node.get("items"), found);
    }
  }

  private static void ofRecord(String path, Class<?> type, Map<String, String> fields) {
    for (RecordComponent component : type.getRecordComponents()) {
      ofType(path + "." + component.getName(), component.getGenericType(), fields);
    }
  }

  private static void ofType(String path, Type type, Map<String, String> fields) {
    if (type instanceof ParameterizedType generic) {
      boolean isMap = generic.getRawType() == Map.class;
      Type[] arguments = generic.getActualTypeArguments();
      fields.put(path, isMap ? "object" : "array");
      ofType(path + (isMap ? "{}" : "[]"), arguments[arguments.length - 1], fields);
    } else if (type instanceof Class<?> c && c.isRecord()) {
      fields.put(path, "object");
      ofRecord(path, c, fields);
    } else if (type instanceof Class<?> c && c.isEnum()) {
      fields.put(path, "string");
    } else {
      fields.put(path, SCALARS.get(type));
    }
  }

  private static void ofSchema(String path, JsonNode node, Map<String, String> fields) {
    if (path.contains(".")) {
      String format = node.path("format").asText();
      String type = node.get("type").asText();
      fields.put(path, type.equals("integer") ? type + " " + format : type);
    }
    node.path("properties")
        .properties()
        .forEach(p -> ofSchema(path + "." + p.getKey(), p.getValue(), fields));
    if (node.has("items")) {
      ofSchema(path + "[]", node.get("items"), fields);
    }
    if (node.has("additionalProperties")) {
      ofSchema(path + "{}", node.get("additionalProperties"), fields);
    }
  }
}
