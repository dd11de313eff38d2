package dev.acktask.e2e.crd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names by which {@code kubectl get} finds objects. */
@OnControlPlane
class CrdNamesIT {
  private final ControlPlane controlPlane;

  CrdNamesIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ACK_TASK | {taskId: T-1} | acktask.acktask.dev/named | ackt acktask acktasks ack",
        "ACK_CONNECTION | {regionId: cn-hangzhou, credentials: {secretRef: {name: k}}}"
            + " | ackconnection.acktask.dev/named | ackc ackconnection ackconnections ack",
        "CLUSTER_ACK_CONNECTION | {regionId: cn-hangzhou, suspend: true}"
            + " | clusterackconnection.acktask.dev/named"
            + " | cackc clusterackconnection clusterackconnections ack",
        "ACK_TASK_DISCOVERY | {clusters: {all: true}} | acktaskdiscovery.acktask.dev/named"
            + " | ackd acktaskdiscovery acktaskdiscoveries ack",
        "ACK_TASK_GATE | {mode: AllSucceeded, taskRefs: [{name: a}]}"
            + " | acktaskgate.acktask.dev/named | ackg acktaskgate acktaskgates ack"
      })
  void shouldFindAnObjectByEachNameAndTheCategory(
      ApiKind kind, String spec, String found, String names) {
    // given
    String namespace = controlPlane.createNamespace("names");
    ApiObjects objects = new ApiObjects(kind, controlPlane.admin(), namespace);
    List<String> all = Stream.of(names.split(" ")).toList();

    // when
    objects.create("named", spec);

    // then
    for (String name : all) {
      assertEquals(
          found + "\n",
          controlPlane
              .kubectl("get", name, "-n", namespace, "-l", "test=" + namespace, "-o=name")
              .orThrow(),
          name);
    }
    objects.delete();
  }
}
