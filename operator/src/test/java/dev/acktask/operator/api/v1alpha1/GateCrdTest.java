package dev.acktask.operator.api.v1alpha1;

import static dev.acktask.operator.api.v1alpha1.CrdFile.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acktask.operator.text.GepDuration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The committed CRD of gates agrees with the Java model and with the other CRDs. */
final class GateCrdTest {
  private final CrdFile file = CrdFile.of("acktaskgates");
  private final JsonNode spec = file.schema().at("/spec/properties");
  private final JsonNode status = file.schema().get("status");

  @Test
  void shouldHaveExactlyTheFieldsOfTheJavaModel() {
    assertEquals(List.of(), file.fixes(GateSpec.class, GateStatus.class, Set.of()));
  }

  @Test
  void shouldHaveTheModesAndPhasesOfTheCode() {
    assertEquals(
        List.of(GateSpec.ALL_SUCCEEDED, GateSpec.NONE_RUNNING), texts(spec.at("/mode/enum")));
    assertEquals(
        Arrays.stream(GatePhase.values()).map(GatePhase::apiName).toList(),
        texts(status.at("/properties/phase/enum")));
  }

  /** Each rule names a mode as the code spells it. */
  @Test
  void shouldCheckTheFieldsOfEachModeOnly() {
    List<String> rules =
        file.schema().at("/spec/x-kubernetes-validations").findValuesAsText("rule");

    assertEquals("self == oldSelf", rules.get(0));
    String mode = "self.mode != '(" + GateSpec.ALL_SUCCEEDED + "|" + GateSpec.NONE_RUNNING + ")'";
    for (String rule : rules.subList(1, rules.size())) {
      assertTrue(rule.matches(mode + " \\|\\| .+"), rule);
    }
  }

  @Test
  void shouldHaveTheBoundsOfTheCode() {
    // then
    assertEquals(GateSpec.MAX_TASKS, spec.at("/taskRefs/maxItems").asInt());
    assertEquals(GateSpec.MAX_TASKS, spec.at("/count/maximum").asInt());
    assertEquals(
        "self >= 1 && self <= " + GateSpec.MAX_TASKS,
        spec.at("/count/x-kubernetes-validations/0/rule").asText());
    assertEquals(GateSpec.MAX_CLUSTERS, spec.at("/clusterIds/maxItems").asInt());
    assertEquals(
        GateSpec.MAX_LABELS, spec.at("/selector/properties/matchLabels/maxProperties").asInt());
    assertEquals(GateStatus.MAX_BLOCKING, status.at("/properties/blocking/maxLength").asInt());
  }

  /** No list may be empty: an empty set never opens a gate. */
  @Test
  void shouldRefuseEmptySets() {
    assertEquals(1, spec.at("/taskRefs/minItems").asInt());
    assertEquals(1, spec.at("/clusterIds/minItems").asInt());
    assertEquals(1, spec.at("/selector/properties/matchLabels/minProperties").asInt());
    assertEquals(1, spec.at("/count/minimum").asInt());
  }

  @Test
  void shouldHaveTheDurationsOfTheOtherKinds() {
    // given
    JsonNode discovery = CrdFile.of("acktaskdiscoveries").schema().at("/spec/properties");
    String rule = "/x-kubernetes-validations/0/rule";

    // then
    assertEquals(GepDuration.PATTERN, spec.at("/since/pattern").asText());
    assertEquals(discovery.at("/since" + rule), spec.at("/since" + rule));
    JsonNode deadline = CrdFile.of("acktasks").schema().at("/spec/properties/deadline");
    for (String field : List.of("type", "maxLength", "pattern")) {
      assertEquals(deadline.get(field), spec.get("deadline").get(field), field);
    }
  }

  /** A gate can name each cluster and each object that a discovery and an AckTask can name. */
  @Test
  void shouldAcceptTheNamesOfTheOtherKinds() {
    // given
    JsonNode discovery = CrdFile.of("acktaskdiscoveries").schema().at("/spec/properties");
    JsonNode cluster = discovery.at("/clusters/properties/ids/items");
    JsonNode connection = discovery.at("/connectionRefs/items/properties/name");
    JsonNode labels = discovery.at("/template/properties/metadata/properties/labels");
    JsonNode selected = spec.at("/selector/properties/matchLabels");

    // then
    for (String field : List.of("maxLength", "pattern")) {
      assertEquals(cluster.get(field), spec.at("/clusterIds/items/" + field), field);
      for (String name : List.of("/taskRefs/items", "/discoveryRef")) {
        assertEquals(connection.get(field), spec.at(name + "/properties/name/" + field), name);
      }
      String value = "/additionalProperties/" + field;
      assertEquals(labels.at(value), selected.at(value), field);
    }
    assertEquals(
        labels.at("/x-kubernetes-validations/0/rule"),
        selected.at("/x-kubernetes-validations/1/rule"));
  }

  @Test
  void shouldKeepGatesClosedOnANewObject() {
    assertEquals(
        "{\"observedGeneration\":-1,\"phase\":\"Waiting\"}", status.get("default").toString());
    assertEquals("atomic", status.get("x-kubernetes-map-type").asText());
  }

  @Test
  void shouldAcceptEachReason() {
    String pattern = status.at("/properties/conditions/items/properties/reason/pattern").asText();
    for (GateReason reason : GateReason.values()) {
      assertTrue(reason.apiName().matches(pattern), reason.apiName());
    }
  }

  @Test
  void shouldHaveThePrinterColumns() {
    assertEquals(
        List.of("Mode", "Phase", "Done", "Blocking", "Age", "Reason wide", "Message wide"),
        file.columns());
  }
}
