package dev.acktask.e2e.hostile;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.cluster.Settings;
import dev.acktask.e2e.history.Bounds;
import dev.acktask.e2e.history.HistoryChecker;
import dev.acktask.e2e.history.HistoryRecorder;
import dev.acktask.e2e.operator.OperatorFixture;
import dev.acktask.e2e.operator.OperatorProcess;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * All at once, for the time that {@code -Dacktask.e2e.hostile.duration=10m} sets: a cloud of
 * hostile answers at up to 64 MiB/s, 10 edits a second of objects of 250 KB, slow clients on the
 * management ports, and the operator in the memory of its pod. Two honest tasks run at the same
 * time.
 */
@OnControlPlane
@EnabledIfSystemProperty(named = "acktask.e2e.hostile.duration", matches = "[0-9]+[ms]")
class HostileRunIT {
  private static final int BYTES_PER_SECOND = 64 << 20;
  private static final int EDITS_PER_SECOND = 10;
  private static final int LARGE_OBJECTS = 40;

  /** Failed probes in a row after which the kubelet restarts the container. */
  private static final int FAILURE_THRESHOLD = 3;

  private static final int POD_MEMORY_MIB = 256;
  private static final int STAGES = 3;

  /** Poll interval of the honest tasks; two are longer than a call timeout and a status write. */
  private static final Duration INTERVAL = Duration.ofSeconds(20);

  private final ControlPlane controlPlane;
  private final Duration duration =
      Duration.parse(
          "PT" + System.getProperty("acktask.e2e.hostile.duration", "1m").toUpperCase(Locale.ROOT));

  private final HonestTask failing =
      new HonestTask("honest-failure", STAGES, duration.dividedBy(STAGES), "failed");
  private final HonestTask succeeding =
      new HonestTask("honest-success", STAGES, duration.dividedBy(STAGES), "success");

  HostileRunIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @Test
  @Timeout(1800)
  void shouldFollowHonestTasksAndStayAliveWhenAllElseIsHostile() throws Exception {
    // given
    AckTasks large = new AckTasks(controlPlane.admin(), controlPlane.createNamespace("bulk"));
    AckTasks hostile = new AckTasks(controlPlane.admin(), controlPlane.createNamespace("hostile"));
    ByteRate rate = new ByteRate(BYTES_PER_SECOND);
    try (HostileCloud cloud = new HostileCloud(largestAnswer(), rate);
        OperatorFixture fixture = fixture(cloud, large.namespace(), hostile.namespace());
        HistoryRecorder recorded = recorder(hostile.namespace())) {
      fixture
          .recorder()
          .expect(Bounds.undisturbed(INTERVAL).withReaction(INTERVAL.multipliedBy(2)));
      cloud.passOnTo(fixture.cloud().port());
      fixture.cloud().play(failing.script());
      fixture.cloud().play(succeeding.script());
      HostileTasks.create(cloud, hostile);
      try (LargeObjects objects =
          LargeObjects.create(controlPlane, large, HostileTasks.broken(cloud, LARGE_OBJECTS))) {
        // when
        run(fixture, cloud, rate, objects);
      }

      // then
      assertEquals(List.of(), HistoryChecker.check(recorded.history()), "hostile tasks");
      assertNoVerdict(large);
      assertNoVerdict(hostile);
    }
  }

  private void run(OperatorFixture fixture, HostileCloud cloud, ByteRate rate, LargeObjects objects)
      throws Exception {
    OperatorProcess operator = fixture.replica("operator", command()).start();
    long pid = operator.pid();
    Set<Integer> ports =
        Set.copyOf(List.of(operator.page("/livez").getPort(), operator.page("/metrics").getPort()));
    Vitals.Findings vitals;
    long start = System.nanoTime();
    try (SlowClients clients = new SlowClients(ports);
        Vitals watched = new Vitals(operator)) {
      objects.edit(EDITS_PER_SECOND);
      clients.start();
      watched.start();
      for (HonestTask task : List.of(failing, succeeding)) {
        fixture.tasks().create(task.name(), Map.of("taskId", task.taskId()));
      }
      // A lag of two intervals at each step is asserted below; the rest only reports the lag.
      await()
          .pollInterval(Duration.ofSeconds(1))
          .atMost(duration.plus(INTERVAL.multipliedBy(6)))
          .failFast("the operator ended", () -> !operator.isAlive())
          .until(() -> isOver(fixture, failing) && isOver(fixture, succeeding));
      vitals = watched.findings();
    } finally {
      report(fixture, cloud, rate, objects, Duration.ofNanos(System.nanoTime() - start));
    }
    System.out.println("[hostile] " + vitals);
    assertAll(
        () -> assertTrue(operator.isAlive()),
        () -> assertEquals(pid, operator.pid()),
        () -> assertTrue(vitals.longestFailure() < FAILURE_THRESHOLD, vitals::toString),
        () -> assertTrue(vitals.answered() > 0, vitals::toString),
        () -> assertTrue(vitals.anonymousMib() < POD_MEMORY_MIB, vitals::toString),
        () -> assertInTime(fixture, failing),
        () -> assertInTime(fixture, succeeding),
        () -> assertTrue(objects.edits() > duration.toSeconds(), "the objects were edited"),
        () ->
            cloud
                .served()
                .forEach((kind, count) -> assertTrue(count > 0, kind + " was never served")));
  }

  private void assertInTime(OperatorFixture fixture, HonestTask task) {
    task.lags(fixture.cloud(), fixture.recorder().history())
        .forEach(
            (step, lag) ->
                assertTrue(
                    lag.filter(late -> late.compareTo(INTERVAL.multipliedBy(2)) <= 0).isPresent(),
                    task.name() + " reported " + step + " " + lag + " after the cloud"));
  }

  private void report(
      OperatorFixture fixture,
      HostileCloud cloud,
      ByteRate rate,
      LargeObjects objects,
      Duration took) {
    double seconds = took.toMillis() / 1000.0;
    System.out.printf(
        "[hostile] %.0f s: %.1f MiB/s of answers, %.1f edits/s, interval %s%n[hostile] %s%n",
        seconds,
        rate.total() / seconds / (1 << 20),
        objects.edits() / seconds,
        INTERVAL,
        cloud.served());
    for (HonestTask task : List.of(failing, succeeding)) {
      System.out.printf(
          "[hostile] lag of %s: %s%n",
          task.name(), task.lags(fixture.cloud(), fixture.recorder().history()));
    }
  }

  private boolean isOver(OperatorFixture fixture, HonestTask task) {
    GenericKubernetesResource object = fixture.tasks().get(task.name());
    return Optional.ofNullable(object.<String>get("status", "phase"))
        .filter(task.phaseAtTheEnd()::equals)
        .isPresent();
  }

  private void assertNoVerdict(AckTasks tasks) {
    List<String> verdicts =
        tasks.operation().list().getItems().stream()
            .filter(object -> !AckTasks.condition(object, "Succeeded").equals("Unknown"))
            .filter(object -> !AckTasks.condition(object, "Succeeded").equals("absent"))
            .map(object -> object.getMetadata().getName())
            .toList();
    assertEquals(List.of(), verdicts, "tasks without a final state in the cloud");
  }

  private OperatorFixture fixture(HostileCloud cloud, String... namespaces) {
    // The recorder watches the range from the fixture's namespace on, without the large objects.
    OperatorFixture fixture =
        OperatorFixture.prepare(
            controlPlane,
            "honest",
            Map.of(
                "ACKTASK_ENDPOINT_PUBLIC",
                cloud.endpoint().toString(),
                "ACKTASK_DEFAULT_POLL_INTERVAL",
                INTERVAL.toSeconds() + "s",
                "ACKTASK_LOG_LEVEL",
                "info",
                "MALLOC_ARENA_MAX",
                "2")); // as the image sets it
    fixture.alsoWatch(namespaces);
    return fixture;
  }

  private HistoryRecorder recorder(String namespace) {
    return new HistoryRecorder(
        controlPlane,
        namespace,
        "system:serviceaccount:"
            + OperatorFixture.OPERATOR_NAMESPACE
            + ":"
            + OperatorFixture.OPERATOR_ACCOUNT,
        // Each new kind of failure allows one write, and every poll can have a new kind.
        Bounds.undisturbed(INTERVAL).withExtra(Integer.MAX_VALUE / 2));
  }

  /** The options of the image; they make a heap of 104 MiB in a container of 256 MiB. */
  private static List<String> command() {
    Path repository = Settings.repository();
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+IgnoreUnrecognizedVMOptions",
        "@" + repository.resolve("operator/jvm.options"),
        "-XX:MaxRAM=" + POD_MEMORY_MIB + "m",
        "-jar",
        Settings.operatorJar().toString());
  }

  /** The documented default, which another test compares with the real one. */
  private static int largestAnswer() throws IOException {
    Matcher row =
        Pattern.compile("\\| `ACKTASK_MAX_RESPONSE_BYTES` \\| `(\\d+)` \\|")
            .matcher(Files.readString(Settings.repository().resolve("docs/configuration.md")));
    assertTrue(row.find(), "docs/configuration.md");
    return Integer.parseInt(row.group(1));
  }
}
