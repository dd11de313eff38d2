package dev.acktask.e2e.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The roles of the operator and of users in the chart. */
class RbacChartTest {
  private static final Chart CHART = Chart.ours();

  @Test
  void shouldStayInItsNamespacesWhenTheyAreGiven() throws IOException {
    Rendered rendered = CHART.render(Files.readString(CHART.example("namespaced")));

    assertEquals(List.of(), rendered.all(ClusterRole.class));
    assertEquals(List.of(), rendered.all(ClusterRoleBinding.class));
    assertEquals(
        List.of("acktask-system", "team-a", "team-b"),
        Stream.concat(rendered.all(Role.class).stream(), rendered.all(RoleBinding.class).stream())
            .map(object -> object.getMetadata().getNamespace())
            .distinct()
            .sorted()
            .toList());
  }

  @Test
  void shouldCreateNoRolesWhenRbacIsOff() {
    Rendered rendered =
        CHART.render(
            Chart.leastWith(
                "rbac: {create: false, aggregateToView: false, aggregateToEdit: false}"));

    assertTrue(rendered.names().stream().noneMatch(name -> name.contains("Role")));
  }

  @Test
  void shouldLetEditorsCreateOnlyWhenEditMayCreateIsSet() {
    assertEquals(
        List.of("delete", "deletecollection", "patch", "update"),
        CHART.render(Chart.LEAST).verbs("edit"));
    assertEquals(
        List.of("create", "delete", "deletecollection", "patch", "update"),
        CHART.render(Chart.leastWith("rbac: {editMayCreate: true}")).verbs("edit"));
    assertEquals(List.of("get", "list", "watch"), CHART.render(Chart.LEAST).verbs("view"));
  }

  @Test
  void shouldNeverLetUsersWriteAStatus() {
    assertEquals(
        List.of("acktasks,acktaskgates,ackconnections,clusterackconnections"),
        resources(CHART.render(Chart.LEAST), "view"));
    assertEquals(
        List.of("acktasks,acktaskgates", "ackconnections"),
        resources(CHART.render(Chart.LEAST), "edit"));
  }

  @Test
  void shouldGiveUsersNoRightToConnectionsWhenTheyAreOff() {
    Rendered rendered = CHART.render(Chart.leastWith("connections: {enabled: false}"));

    assertEquals(List.of("acktasks,acktaskgates"), resources(rendered, "view"));
    assertEquals(List.of("acktasks,acktaskgates"), resources(rendered, "edit"));
  }

  /** A discovery reads all tasks of its connections, so that it is not a right of editors. */
  @Test
  void shouldLetUsersOnlyReadDiscoveriesWhenTheyAreOn() {
    Rendered rendered =
        CHART.render(Chart.leastWith("discovery: {enabled: true}, rbac: {editMayCreate: true}"));

    assertEquals(
        List.of("acktasks,acktaskgates,ackconnections,clusterackconnections,acktaskdiscoveries"),
        resources(rendered, "view"));
    assertEquals(List.of("acktasks,acktaskgates", "ackconnections"), resources(rendered, "edit"));
  }

  @Test
  void shouldKeepTwoReleasesApartByTheirLeases() {
    Rendered rendered = CHART.render("blue", "shared", Chart.LEAST);

    String lease = rendered.environment().get("ACKTASK_LEASE_NAME").getValue();
    assertEquals("blue-acktask-operator", lease);
    assertEquals(List.of(lease), rendered.one(Role.class).getRules().get(1).getResourceNames());
  }

  /** The resources of each rule of the ClusterRole for users. */
  private static List<String> resources(Rendered rendered, String role) {
    return rendered.all(ClusterRole.class).stream()
        .filter(object -> object.getMetadata().getName().endsWith("-" + role))
        .flatMap(object -> object.getRules().stream())
        .map(rule -> String.join(",", rule.getResources()))
        .toList();
  }
}
