package dev.acktask.e2e.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.CommandResult;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorFixture;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The views of {@code kubectl acktask} with what the operator writes. */
@OnControlPlane
class StatusIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  private static OperatorFixture fixture;
  private static PluginOnCluster reader;

  @BeforeAll
  static void start(ControlPlane controlPlane) {
    fixture = OperatorFixture.start(controlPlane, "plugin-status");
    reader = PluginOnCluster.as(fixture, "reader", "get", "list");
    fixture.cloud().answers("fails", Answers.failed("fails", "QuotaExceeded", "No more."));
    fixture.cloud().answers("runs", Answers.running("runs"));
    fixture.tasks().create("fails", "fails");
    fixture.tasks().create("runs", "runs");
    fixture.tasks().awaitPhase("fails", "Failed", SOON);
    fixture.tasks().awaitPhase("runs", "Running", SOON);
  }

  @AfterAll
  static void close() {
    if (fixture != null) {
      fixture.close();
    }
  }

  @Test
  void shouldShowATaskWithWhatToDo() {
    String status = reader.run("status", "fails").orThrow();

    assertTrue(status.contains("x Failed (TaskFailed)\n"), status);
    assertTrue(status.contains("  Type        cluster_upgrade\n"), status);
    assertTrue(status.contains("QuotaExceeded: No more.\n"), status);
    assertTrue(status.contains("What to do (TaskFailed)\n"), status);
  }

  @Test
  void shouldShowAllTasksOnOneAxis() {
    String timeline = reader.run("timeline").orThrow();

    assertTrue(timeline.matches("(?s).*\\nfails +cluster_upgrade +x Failed .*"), timeline);
    assertTrue(timeline.matches("(?s).*\\nruns +cluster_upgrade +[*] Running .*:\n"), timeline);
  }

  @Test
  void shouldShowTheTasksOfAConnectionWhenConnectionsCannotBeRead() {
    String tree = reader.run("tree").orThrow();

    assertTrue(tree.startsWith("built-in connection  cn-hangzhou\n"), tree);
    assertTrue(tree.contains("`- c82e6987e2961451182edacd74faf1234\n"), tree);
  }

  @Test
  void shouldShowConnectionsToThoseThatMayReadThem() {
    String tree = PluginOnCluster.asAdmin(fixture).run("tree").orThrow();

    assertTrue(tree.contains("built-in connection  cn-hangzhou\n"), tree);
  }

  @Test
  void shouldReportATask() {
    String page = reader.run("report", "fails", "--format", "html").orThrow();

    assertTrue(page.contains("<span class=\"pill\">Failed</span>"), page);
    assertTrue(page.contains("QuotaExceeded: No more."), page);
  }

  @Test
  void shouldFailWhenThereIsNoSuchTask() {
    CommandResult result = reader.run("status", "missing");

    assertEquals(2, result.exitCode(), result::toString);
    assertTrue(result.stderr().contains("NotFound"), result::toString);
  }
}
