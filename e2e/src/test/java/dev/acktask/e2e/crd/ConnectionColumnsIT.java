package dev.acktask.e2e.crd;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The columns of {@code kubectl get} for both kinds of connections. */
@OnControlPlane
class ConnectionColumnsIT {
  private static final String CONDITION =
      "{type: Ready, status: '%s', reason: %s, message: %s,"
          + " lastTransitionTime: '2026-01-02T03:04:05Z'}";

  private static ControlPlane controlPlane;
  private static String namespace;
  private static ApiObjects ofNamespace;
  private static ApiObjects ofCluster;

  @BeforeAll
  static void connectionsInSeveralStates(ControlPlane started) {
    controlPlane = started;
    namespace = controlPlane.createNamespace("connection-columns");
    ofNamespace = new ApiObjects(ApiKind.ACK_CONNECTION, controlPlane.admin(), namespace);
    ofCluster = new ApiObjects(ApiKind.CLUSTER_ACK_CONNECTION, controlPlane.admin(), namespace);
    for (String name : List.of("fresh", "refused", "unused")) {
      ofNamespace.create(name, "{regionId: cn-hangzhou, credentials: {secretRef: {name: key}}}");
    }
    ofCluster.create(
        "columns-by-name",
        "{regionId: cn-beijing, allowedNamespaces: {from: Names, names: [team-a]}}");
    ofNamespace.writeStatus(
        "refused",
        "{identity: Secret, tasks: {total: 9, unfinished: 7}, conditions: ["
            + CONDITION.formatted("False", "CredentialsRefused", "The key is refused.")
            + "]}");
    ofNamespace.writeStatus(
        "unused",
        "{identity: Secret, tasks: {total: 0, unfinished: 0}, conditions: ["
            + CONDITION.formatted("Unknown", "NotUsedYet", "No task has used it.")
            + "]}");
    ofCluster.writeStatus(
        "columns-by-name",
        "{identity: OperatorRole, account: '1000000000000001', tasks: {total: 5, unfinished: 2},"
            + " conditions: ["
            + CONDITION.formatted("False", "Throttled", "Slower.").replace("Ready", "Throttled")
            + ", "
            + CONDITION.formatted("True", "Answered", "The last call was answered.")
            + "]}");
  }

  @ParameterizedTest
  @CsvSource({
    "ackconnections, , ackconnection.txt",
    "ackc, wide, ackconnection-wide.txt",
    "clusterackconnections, , clusterackconnection.txt",
    "cackc, wide, clusterackconnection-wide.txt"
  })
  void shouldPrintTheAgreedColumnsWhenListed(String plural, String format, String golden)
      throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("get", plural, "-n", namespace, "-l", "test=" + namespace));
    if (format != null) {
      arguments.addAll(List.of("-o", format));
    }

    KubectlTable.of(controlPlane.kubectl(arguments.toArray(String[]::new)))
        .assertEqualsFile(golden);
  }
}
