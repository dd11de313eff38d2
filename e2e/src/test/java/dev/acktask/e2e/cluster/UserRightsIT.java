package dev.acktask.e2e.cluster;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What users may do who have the ClusterRoles view and edit, to which the chart aggregates. */
@OnControlPlane
class UserRightsIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static ControlPlane controlPlane;
  private static String namespace;

  /** A viewer and an editor of the namespace, a viewer of the whole cluster. */
  @BeforeAll
  static void threeUsers(ControlPlane started) {
    controlPlane = started;
    namespace = controlPlane.createNamespace("users");
    bind("rolebinding", "viewer", "view");
    bind("rolebinding", "editor", "edit");
    bind("clusterrolebinding", "cluster-viewer", "view");
    await().atMost(SOON).until(() -> mayDo("viewer", "list", "ackconnections"));
  }

  @AfterAll
  static void clean() {
    controlPlane.kubectl("delete", "clusterrolebinding", "cluster-viewer").orThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "viewer, list, acktasks, true",
    "viewer, list, acktaskgates, true",
    "viewer, delete, acktaskgates, false",
    "viewer, list, ackconnections, true",
    "viewer, update, ackconnections, false",
    "viewer, list, clusterackconnections, false",
    "cluster-viewer, list, clusterackconnections, true",
    "cluster-viewer, create, clusterackconnections, false",
    "editor, create, acktasks, false",
    "editor, update, acktasks, true",
    "editor, create, acktaskgates, false",
    "editor, delete, acktaskgates, true",
    "editor, update, acktaskgates/status, false",
    "editor, create, ackconnections, true",
    "editor, patch, ackconnections, true",
    "editor, delete, ackconnections, true",
    "editor, update, ackconnections/status, false",
    "editor, update, acktasks/status, false",
    "editor, get, clusterackconnections, false"
  })
  void shouldGrant(String user, String verb, String resource, boolean expected) {
    assertEquals(expected, mayDo(user, verb, resource));
  }

  private static boolean mayDo(String user, String verb, String resource) {
    String[] parts = resource.split("/", 2);
    List<String> question =
        new ArrayList<>(List.of("auth", "can-i", verb, parts[0] + ".acktask.dev", "--as=" + user));
    // A RoleBinding would count for an object of the cluster if the question named a namespace.
    question.addAll(resource.startsWith("cluster") ? List.of("-A") : List.of("-n", namespace));
    if (parts.length == 2) {
      question.add("--subresource=" + parts[1]);
    }
    return controlPlane.kubectl(question.toArray(String[]::new)).exitCode() == 0;
  }

  private static void bind(String kind, String user, String role) {
    controlPlane
        .kubectl("create", kind, user, "--clusterrole=" + role, "--user=" + user, "-n", namespace)
        .orThrow();
  }
}
