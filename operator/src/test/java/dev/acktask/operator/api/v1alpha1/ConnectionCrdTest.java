package dev.acktask.operator.api.v1alpha1;

import static dev.acktask.operator.api.v1alpha1.CrdFile.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acktask.operator.task.TaskRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The committed CRDs of both kinds of connections agree with the Java model. */
final class ConnectionCrdTest {
  private final CrdFile namespaced = CrdFile.of("ackconnections");
  private final CrdFile cluster = CrdFile.of("clusterackconnections");

  @Test
  void shouldHaveExactlyTheFieldsOfTheJavaModel() {
    assertEquals(
        List.of(),
        namespaced.fixes(
            ConnectionSpec.class, ConnectionStatus.class, Set.of("spec.allowedNamespaces")));
    assertEquals(List.of(), cluster.fixes(ConnectionSpec.class, ConnectionStatus.class, Set.of()));
  }

  @Test
  void shouldHaveTheScopeOfTheKind() {
    assertEquals("Namespaced", namespaced.crd().at("/spec/scope").asText());
    assertEquals("Cluster", cluster.crd().at("/spec/scope").asText());
  }

  /** A rule of one kind that the other lacks is a mistake, unless the scope causes it. */
  @Test
  void shouldDifferOnlyInWhatTheScopeCauses() {
    // given
    ObjectNode first = namespaced.schema().deepCopy();
    ObjectNode second = cluster.schema().deepCopy();

    // when
    for (ObjectNode schema : List.of(first, second)) {
      ((ObjectNode) schema.get("kind")).remove("description");
      ((ObjectNode) schema.get("spec")).remove("x-kubernetes-validations");
      ObjectNode fields = (ObjectNode) schema.at("/spec/properties");
      fields.remove("allowedNamespaces");
      ObjectNode credentials = (ObjectNode) fields.get("credentials");
      credentials.remove(List.of("description", "x-kubernetes-validations"));
      ObjectNode identities = (ObjectNode) credentials.get("properties");
      identities.remove("workloadIdentity");
      ((ObjectNode) identities.get("secretRef")).remove("description");
    }

    // then
    assertEquals(first.toPrettyString(), second.toPrettyString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ackconnections", "clusterackconnections"})
  void shouldHaveThePatternsAndDefaultsOfTheCode(String plural) {
    // given
    JsonNode spec = CrdFile.of(plural).schema().at("/spec/properties");
    JsonNode status = CrdFile.of(plural).schema().get("status");

    // then
    assertEquals(
        List.of(ConnectionSpec.PUBLIC, ConnectionSpec.VPC), texts(spec.at("/network/enum")));
    assertEquals(ConnectionSpec.PUBLIC, spec.at("/network/default").asText());
    assertEquals(
        ConnectionSpec.DEFAULT_REQUESTS_PER_MINUTE, spec.at("/requestsPerMinute/default").asInt());
    assertEquals(ConnectionSpec.DEFAULT_BURST, spec.at("/burst/default").asInt());
    assertEquals(TaskRef.PATTERN, spec.at("/allowedClusterIds/items/pattern").asText());
    assertEquals(
        List.of(
            ConnectionStatus.SECRET,
            ConnectionStatus.WORKLOAD_IDENTITY,
            ConnectionStatus.OPERATOR_ROLE,
            ConnectionStatus.ACCESS_KEY),
        texts(status.at("/properties/identity/enum")));
    assertEquals("{\"observedGeneration\":-1}", status.get("default").toString());
  }

  @Test
  void shouldAllowNamespacesInTheWordsOfTheCode() {
    JsonNode allowed = cluster.schema().at("/spec/properties/allowedNamespaces/properties");

    assertEquals(
        List.of(
            ConnectionSpec.AllowedNamespaces.ALL,
            ConnectionSpec.AllowedNamespaces.SELECTOR,
            ConnectionSpec.AllowedNamespaces.NAMES),
        texts(allowed.at("/from/enum")));
    assertEquals(ConnectionSpec.AllowedNamespaces.ALL, allowed.at("/from/default").asText());
  }

  @Test
  void shouldHaveThePrinterColumns() {
    List<String> columns =
        new ArrayList<>(
            List.of(
                "Region",
                "Ready",
                "Reason",
                "Unfinished",
                "Age",
                "Tasks wide",
                "Identity wide",
                "Account wide",
                "Message wide"));
    assertEquals(columns, namespaced.columns());

    columns.add(columns.size() - 1, "Namespaces wide");
    assertEquals(columns, cluster.columns());
  }
}
