package dev.acktask.e2e.discovery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.discovery.ListedScripts.Played;
import dev.acktask.simulator.SimulatedRegion;
import dev.acktask.simulator.list.ListBehaviour;
import dev.acktask.simulator.response.Delivery;
import dev.acktask.simulator.response.Response;
import dev.acktask.simulator.script.ListedTask;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Lists that are cut, wrong or endless: no object for what is no task, no verdict, and the process
 * of 256 MiB lives.
 */
@OnControlPlane
class HostileListsIT {
  private static final String REGION = "cn-hangzhou";
  private static final Pattern VALID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,252}");
  private static final Duration LENGTH = Duration.ofSeconds(6);

  private final ControlPlane controlPlane;

  HostileListsIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @Test
  void shouldCreateAckTasksOnlyOfValidIds() {
    try (Discoveries discoveries = Discoveries.start(controlPlane, "hostile-ids")) {
      // given
      String cluster = ListedScripts.clusterId(1);
      Instant now = Instant.now();
      List<String> ids =
          Stream.concat(
                  IntStream.rangeClosed(' ', '~').mapToObj(c -> "T-0" + (char) c + "1"),
                  Stream.of(
                      "",
                      "-T1",
                      ".T1",
                      "../T1",
                      "T1/../T2",
                      "T%2F1",
                      "T\u00001",
                      "T\n",
                      "T\u00e91",
                      "T-" + "1".repeat(300),
                      "T-" + "2".repeat(251)))
              .toList();
      ids.forEach(
          id ->
              discoveries
                  .region(REGION)
                  .putListed(cluster, ListedTask.builder(id, now).state("success").build()));

      // when
      Set<String> valid =
          ids.stream()
              .filter(id -> VALID.matcher(id).matches())
              .collect(Collectors.toCollection(TreeSet::new));
      discoveries.put("all", REGION, "clusters: {ids: [%s]}".formatted(cluster));
      await().atMost(Discoveries.SOON).until(() -> discoveries.names().size() >= valid.size());
      discoveries.awaitLists(cluster, 3);

      // then
      Set<String> created = new TreeSet<>();
      for (GenericKubernetesResource task : discoveries.tasks().operation().list().getItems()) {
        created.add(task.get("spec", "taskId"));
      }
      assertEquals(valid, created);
      assertEquals(valid.size(), discoveries.names().size());
      assertTrue(discoveries.phases().values().stream().noneMatch("Succeeded"::equals));
    }
  }

  @Test
  void shouldMirrorEachTaskOnceWhenPagesOverlapAndTotalsAreWrong() {
    try (Discoveries discoveries = Discoveries.start(controlPlane, "hostile-pages")) {
      // given
      SimulatedRegion region = discoveries.region(REGION);
      List<String> names =
          IntStream.rangeClosed(1, 120)
              .mapToObj(number -> play(region, 1, number, "success").objectName())
              .sorted()
              .toList();
      region.listBehaviour(
          ListBehaviour.builder()
              .order(ListBehaviour.Order.RANDOM)
              .paging(new ListBehaviour.Paging(-90, 7, 20, true))
              .build());

      // when
      discoveries.put("all", REGION, "clusters: {all: true}");

      // then
      await()
          .atMost(Discoveries.SOON)
          .untilAsserted(() -> assertEquals(names, discoveries.names()));
    }
  }

  @Test
  void shouldTakeVerdictsOnlyFromDetailsWhateverTheListsSay() {
    try (Discoveries discoveries = Discoveries.start(controlPlane, "hostile-lists")) {
      // given
      SimulatedRegion region = discoveries.region(REGION);
      Played cut = play(region, 1, 1, "failed");
      Played large = play(region, 2, 1, "failed");
      Played invented = play(region, 3, 1, "failed");
      Played strange = play(region, 3, 2, "success");
      Played foreign = play(region, 4, 1, "success");
      List<Played> honest = List.of(cut, large, invented, strange);
      Instant now = Instant.now();
      String succeeded = page(List.of(cut.taskId(), ListedScripts.taskId(0xbad)), 2);
      region.answersTasksOf(
          cut.clusterId(),
          query ->
              Response.json(200, succeeded)
                  .cutBodyAfter(succeeded.length() - 40, Delivery.Ending.CLOSE));
      String hundredThousand =
          page(
              IntStream.range(0, 100_000)
                  .mapToObj(number -> ListedScripts.taskId(0xbad0000 + number))
                  .toList(),
              100_000);
      region.answersTasksOf(large.clusterId(), query -> Response.json(200, hundredThousand));
      region.putListed(
          invented.clusterId(),
          ListedTask.builder(invented.taskId(), now).state("success").build());
      region.putListed(
          strange.clusterId(),
          ListedTask.builder(strange.taskId(), now).state("failed\u202esuccess").build());
      String other = ListedScripts.clusterId(5);
      region.putListed(other, ListedTask.builder(foreign.taskId(), now).state("success").build());
      String endless = ListedScripts.clusterId(6);
      region.answersTasksOf(endless, query -> endlessPage(query.get("page_number")));

      // when
      discoveries.create(cut, REGION);
      discoveries.create(large, REGION);
      discoveries.put(
          "all",
          REGION,
          "clusters: {ids: [%s, %s, %s, %s]}"
              .formatted(cut.clusterId(), large.clusterId(), invented.clusterId(), other));
      discoveries.put("endless", REGION, "clusters: {ids: [%s]}, limit: 20".formatted(endless));
      discoveries.awaitPhases(honest);
      discoveries.awaitTasks("endless", "present", 20);
      await()
          .atMost(Discoveries.SOON)
          .until(() -> conditions(discoveries, foreign).contains("ClusterMismatch"));

      // then
      assertEquals(honest.size() + 1 + 20, discoveries.names().size());
      assertNotEquals("Succeeded", discoveries.tasks().phase(foreign.objectName()));
      List<Map<String, Object>> failures = discoveries.get("all").get("status", "failures");
      assertEquals(
          List.of(cut.clusterId(), large.clusterId()),
          failures.stream().map(failure -> failure.get("clusterId")).sorted().toList());
      Played late = play(region, 3, 9, "success");
      await()
          .atMost(Discoveries.SOON)
          .until(() -> discoveries.tasks().find(late.objectName()).isPresent());
      discoveries.awaitPhases(List.of(late));
      assertTrue(discoveries.operator().isAlive());
    }
  }

  private static String conditions(Discoveries discoveries, Played task) {
    Object conditions = discoveries.tasks().get(task.objectName()).get("status", "conditions");
    return String.valueOf(conditions);
  }

  private static Played play(SimulatedRegion region, int cluster, int number, String state) {
    Played played =
        new Played(
            ListedScripts.taskId(cluster * 0x1000 + number),
            ListedScripts.clusterId(cluster),
            state.equals("success") ? "Succeeded" : "Failed");
    region.play(ListedScripts.script(played, state, LENGTH), Instant.now());
    return played;
  }

  /** A page of tasks that have succeeded, which no details confirm. */
  private static String page(List<String> taskIds, int total) {
    String entry =
        """
        {"task_id": "%%s", "task_type": "cluster_upgrade", "state": "success",
         "created": "%1$s", "updated": "%1$s"}
        """
            .formatted(Instant.now());
    return """
    {"page_info": {"page_number": 1, "page_size": 100, "total_count": %d}, "tasks": [%s]}
    """
        .formatted(total, taskIds.stream().map(entry::formatted).collect(Collectors.joining(",")));
  }

  /** Each page has another hundred of 100,000 tasks. */
  private static Response endlessPage(String number) {
    int first = 0xe000000 + Integer.parseInt(number) * 100;
    return Response.json(
        200,
        page(
            IntStream.range(first, first + 100).mapToObj(ListedScripts::taskId).toList(), 100_000));
  }
}
