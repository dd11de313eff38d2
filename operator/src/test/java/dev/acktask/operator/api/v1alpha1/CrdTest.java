package dev.acktask.operator.api.v1alpha1;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.acktask.operator.task.TaskRef;
import dev.acktask.operator.text.GepDuration;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The committed CRD agrees with the Java model. */
final class CrdTest {
  private static final Path FILE = Path.of("../crds/acktasks.acktask.dev.yaml");
  private static final Map<Class<?>, String> SCALARS =
      Map.of(
          String.class, "string",
          Boolean.class, "boolean",
          Long.class, "integer int64",
          int.class, "integer int32");

  private final JsonNode crd = read();
  private final JsonNode version = crd.at("/spec/versions/0");
  private final JsonNode schema = version.at("/schema/openAPIV3Schema/properties");

  @Test
  void shouldHaveExactlyTheFieldsOfTheJavaModel() {
    // given
    Map<String, String> java = new TreeMap<>();
    ofRecord("spec", AckTaskSpec.class, java);
    ofRecord("status", AckTaskStatus.class, java);
    Map<String, String> yaml = new TreeMap<>();
    ofSchema("spec", schema.get("spec"), yaml);
    ofSchema("status", schema.get("status"), yaml);

    // when
    List<String> fixes = new ArrayList<>();
    for (String field : union(java, yaml)) {
      String inJava = java.get(field);
      String inYaml = yaml.get(field);
      if (inYaml == null) {
        fixes.add(
            field
                + " ("
                + inJava
                + ") is missing in "
                + FILE.getFileName()
                + ": add it there, or remove the record component");
      } else if (inJava == null) {
        fixes.add(
            field
                + " ("
                + inYaml
                + ") is missing in the Java records of api.v1alpha1: add the"
                + " component, or remove it from "
                + FILE.getFileName());
      } else if (!inJava.equals(inYaml)) {
        fixes.add(
            field
                + " is "
                + inJava
                + " in Java but "
                + inYaml
                + " in "
                + FILE.getFileName()
                + ": make them equal");
      }
    }

    // then
    assertEquals(List.of(), fixes, () -> String.join("\n", fixes));
  }

  @Test
  void shouldHaveTheNamesOfTheJavaModel() {
    assertEquals(AckTask.class.getAnnotation(Group.class).value(), crd.at("/spec/group").asText());
    assertEquals(AckTask.class.getAnnotation(Version.class).value(), version.get("name").asText());
    assertEquals(
        AckTask.class.getAnnotation(Plural.class).value(), crd.at("/spec/names/plural").asText());
    assertEquals(
        AckTask.class.getAnnotation(Singular.class).value(),
        crd.at("/spec/names/singular").asText());
    assertEquals(
        List.of(AckTask.class.getAnnotation(ShortNames.class).value()),
        texts(crd.at("/spec/names/shortNames")));
  }

  @Test
  void shouldHaveThePatternsAndEnumValuesOfTheCode() {
    // then
    assertEquals(TaskRef.PATTERN, schema.at("/spec/properties/taskId/pattern").asText());
    assertEquals(GepDuration.PATTERN, schema.at("/spec/properties/pollInterval/pattern").asText());
    assertEquals(GepDuration.PATTERN, schema.at("/spec/properties/deadline/pattern").asText());
    assertEquals(
        List.of(AckTaskSpec.INCLUDE_PARAMETERS, AckTaskSpec.INCLUDE_OUTPUTS),
        texts(schema.at("/spec/properties/include/items/enum")));
    assertEquals(
        List.of(AckTaskSpec.STRICT, AckTaskSpec.STATE_ONLY),
        texts(schema.at("/spec/properties/successPolicy/enum")));
    assertEquals(
        Arrays.stream(Phase.values()).map(Phase::apiName).toList(),
        texts(schema.at("/status/properties/phase/enum")));
    assertEquals(
        List.of(AckTaskStatus.MAX_STAGES, AckTaskStatus.MAX_EVENTS, AckTaskStatus.MAX_RESULTS),
        Stream.of("stages", "events", "results")
            .map(list -> schema.at("/status/properties/" + list + "/maxItems").asInt())
            .toList());
    String pattern =
        schema.at("/status/properties/conditions/items/properties/reason/pattern").asText();
    for (Reason reason : Reason.values()) {
      assertEquals(true, reason.apiName().matches(pattern), reason.apiName());
    }
  }

  @Test
  void shouldKeepGatesClosedOnANewObject() {
    JsonNode fresh = schema.at("/status/default");
    assertEquals(-1, fresh.get("observedGeneration").asInt());
    assertEquals(Phase.PENDING.apiName(), fresh.get("phase").asText());
    assertEquals(2, fresh.size());
  }

  @Test
  void shouldHaveThePrinterColumns() {
    List<String> columns =
        StreamSupport.stream(version.get("additionalPrinterColumns").spliterator(), false)
            .map(c -> c.get("name").asText() + (c.path("priority").asInt() == 1 ? " wide" : ""))
            .toList();
    assertEquals(
        List.of(
            "Type",
            "Phase",
            "Stage",
            "Progress",
            "Started",
            "Finished",
            "Age",
            "Task wide",
            "Cluster wide",
            "Target wide",
            "Reason wide",
            "Message wide"),
        columns);
  }

  @Test
  void shouldDescribeEveryField() {
    List<String> undescribed = new ArrayList<>();
    undescribed("spec", schema.get("spec"), undescribed);
    undescribed("status", schema.get("status"), undescribed);
    assertEquals(List.of(), undescribed);
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
    if (type instanceof ParameterizedType list) {
      fields.put(path, "array");
      ofType(path + "[]", list.getActualTypeArguments()[0], fields);
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
  }

  private static Set<String> union(Map<String, String> a, Map<String, String> b) {
    Set<String> all = new TreeSet<>(a.keySet());
    all.addAll(b.keySet());
    return all;
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static JsonNode read() {
    try {
      return new ObjectMapper(new YAMLFactory()).readTree(Files.readString(FILE));
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }
}
