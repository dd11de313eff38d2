package dev.acktask.e2e.crd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import java.util.List;
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
  @CsvSource({
    "ACK_TASK, acktask, ackt",
    "ACK_CONNECTION, ackconnection, ackc",
    "CLUSTER_ACK_CONNECTION, clusterackconnection, cackc",
    "ACK_TASK_DISCOVERY, acktaskdiscovery, ackd",
    "ACK_TASK_GATE, acktaskgate, ackg"
  })
  void shouldFindAnObjectByEachNameAndTheCategory(ApiKind kind, String singular, String shortName) {
    // given
    String namespace = controlPlane.createNamespace("names");
    ApiObjects objects = new ApiObjects(kind, controlPlane.admin(), namespace);

    // when
    objects.create("named", kind.least());

    // then
    for (String name : List.of(kind.plural(), singular, shortName, "ack")) {
      assertEquals(
          singular + ".acktask.dev/named\n",
          controlPlane
              .kubectl("get", name, "-n", namespace, "-l", "test=" + namespace, "-o=name")
              .orThrow(),
          name);
    }
    objects.delete();
  }
}
