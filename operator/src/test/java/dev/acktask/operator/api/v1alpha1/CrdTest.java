package dev.acktask.operator.api.v1alpha1;

import static dev.acktask.operator.api.v1alpha1.CrdFile.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acktask.operator.task.TaskRef;
import dev.acktask.operator.text.GepDuration;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The committed CRD of AckTasks agrees with the Java model; some rules hold for all CRDs. */
final class CrdTest {
  private final CrdFile file = CrdFile.of("acktasks");
  private final JsonNode schema = file.schema();

  @Test
  void shouldHaveExactlyTheFieldsOfTheJavaModel() {
    assertEquals(List.of(), file.fixes(AckTaskSpec.class, AckTaskStatus.class, Set.of()));
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        AckTask.class,
        AckConnection.class,
        ClusterAckConnection.class,
        AckTaskDiscovery.class,
        AckTaskGate.class
      })
  void shouldHaveTheNamesOfTheJavaModel(Class<?> type) {
    // given
    String plural = type.getAnnotation(Plural.class).value();
    CrdFile named = CrdFile.of(plural);
    JsonNode names = named.crd().at("/spec/names");

    // then
    assertEquals(type.getSimpleName(), names.get("kind").asText());
    assertEquals(plural + ".acktask.dev", named.crd().at("/metadata/name").asText());
    assertEquals(type.getAnnotation(Group.class).value(), named.crd().at("/spec/group").asText());
    assertEquals(type.getAnnotation(Version.class).value(), named.version().get("name").asText());
    assertEquals(plural, names.get("plural").asText());
    assertEquals(type.getAnnotation(Singular.class).value(), names.get("singular").asText());
    assertEquals(
        List.of(type.getAnnotation(ShortNames.class).value()), texts(names.get("shortNames")));
    assertEquals(List.of("ack"), texts(names.get("categories")));
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
        List.of(
            AckTaskStatus.MAX_STAGE_TRANSITIONS,
            AckTaskStatus.MAX_STAGES,
            AckTaskStatus.MAX_EVENTS,
            AckTaskStatus.MAX_RESULTS),
        Stream.of("stageTransitions", "stages", "events", "results")
            .map(list -> schema.at("/status/properties/" + list + "/maxItems").asInt())
            .toList());
    String pattern =
        schema.at("/status/properties/conditions/items/properties/reason/pattern").asText();
    for (Reason reason : Reason.values()) {
      assertEquals(true, reason.apiName().matches(pattern), reason.apiName());
    }
  }

  @Test
  void shouldKnowTheKindsOfConnections() {
    List<String> kinds = List.of(AckConnection.KIND, ClusterAckConnection.KIND);
    JsonNode reference = schema.at("/spec/properties/connectionRef");

    assertEquals(kinds, texts(reference.at("/properties/kind/enum")));
    assertEquals(List.of("kind", "name"), texts(reference.get("required")));
    assertEquals(
        Stream.concat(kinds.stream(), Stream.of(AckTaskStatus.Connection.BUILT_IN)).toList(),
        texts(schema.at("/status/properties/connection/properties/kind/enum")));
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
    assertEquals(
        List.of(
            "Type",
            "Phase",
            "Stage",
            "Progress",
            "ETA",
            "Started",
            "Finished",
            "Age",
            "Task wide",
            "Cluster wide",
            "Target wide",
            "Connection wide",
            "Started-by wide",
            "Reason wide",
            "Message wide"),
        file.columns());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "acktasks",
        "ackconnections",
        "clusterackconnections",
        "acktaskdiscoveries",
        "acktaskgates"
      })
  void shouldDescribeEveryField(String plural) {
    assertEquals(List.of(), CrdFile.of(plural).undescribed());
  }
}
