package dev.acktask.demo;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.demo.screen.AnsiColors;
import dev.acktask.demo.screen.PlainScreen;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs the packaged demo, operator and simulator in embedded mode. */
@Timeout(300)
class DemoIT {
  private static final Path FOLDER = Path.of("target", "it").toAbsolutePath();
  private static final Duration WHOLE_RUN = Duration.ofMinutes(4);
  private static final Duration END = Duration.ofMinutes(1);

  /** Log texts after which the operator is killed: at the start, in between and at the end. */
  private static final List<String> KILLED_AFTER =
      List.of(
          "Credentials found",
          "is ready",
          "TaskRunning",
          "TasksCreated",
          "TaskPaused",
          "ResultsFailed",
          "TaskFailed",
          "Stage PostCheck");

  @Test
  void shouldEndWithTheSameStatusesWhenTheOperatorIsKilledRepeatedly() throws Exception {
    // given: two runs at the same time, so that the test takes no longer than one
    try (DemoProcess calm = DemoProcess.start(FOLDER.resolve("calm"));
        DemoProcess rough = DemoProcess.start(FOLDER.resolve("rough"))) {
      // when
      int kills = killOperatorOf(rough);
      int calmCode = calm.exitCode(WHOLE_RUN);
      int roughCode = rough.exitCode(WHOLE_RUN);

      // then
      assertEquals(0, calmCode, calm::toString);
      assertEquals(0, roughCode, rough::toString);
      assertTrue(kills > KILLED_AFTER.size() / 2, () -> kills + " kills");
      for (ScriptedOutcome outcome : ScriptedOutcome.OF_EXAMPLE) {
        assertEquals(outcome.phase(), calm.finalStatuses().phase(outcome.name()));
      }
      assertEquals(calm.finalStatuses(), rough.finalStatuses());
      assertEquals(ScriptedOutcome.OF_EXAMPLE.size(), calm.finalStatuses().byName().size());
      assertTrue(calm.toString().contains("appeared by itself, by the discovery"), calm::toString);
    }
  }

  /** Returns the number of killed operators. */
  private static int killOperatorOf(DemoProcess demo) {
    List<ProcessHandle> killed = new ArrayList<>();
    for (String mark : KILLED_AFTER) {
      await().atMost(WHOLE_RUN).until(() -> demo.countInLog(mark) > 0 || !demo.running());
      demo.operator().filter(ProcessHandle::destroyForcibly).ifPresent(killed::add);
      killed.forEach(handle -> handle.onExit().join());
    }
    return killed.size();
  }

  @Test
  void shouldExitWithOneAndNameTheTaskWhenAnOutcomeDiffers() throws Exception {
    // given
    List<ScriptedOutcome> wrong = new ArrayList<>(ScriptedOutcome.OF_EXAMPLE);
    wrong.set(2, new ScriptedOutcome("scale-out-web", "Succeeded", "TaskSucceeded"));
    DemoOptions fast =
        new DemoOptions(DemoProcess.ROOT, FOLDER.resolve("wrong"), false, 180, WHOLE_RUN, 0);
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    PlainScreen screen = new PlainScreen(new PrintStream(output, true, StandardCharsets.UTF_8));

    // when
    int code =
        DemoMain.run(
            new Demo(fast, wrong, screen, new AnsiColors(false)), DemoResources.closedOnSignals());

    // then
    String text = output.toString(StandardCharsets.UTF_8);
    assertEquals(1, code, text);
    assertTrue(text.contains("1 of 6 tasks did not end as their scripts say"), text);
    assertTrue(text.contains("expected Succeeded, TaskSucceeded"), text);
    assertTrue(text.contains(fast.logs().toString()), text);
  }

  @Test
  void shouldLeaveNoProcessWhenItIsTerminated() throws Exception {
    try (DemoProcess demo = DemoProcess.start(FOLDER.resolve("terminated"))) {
      // given
      await().atMost(WHOLE_RUN).until(() -> demo.operator().isPresent());
      List<ProcessHandle> children = demo.children();

      // when
      demo.terminate();

      // then
      assertEquals(143, demo.exitCode(END), demo::toString);
      assertEquals(2, children.size());
      assertFalse(children.stream().anyMatch(ProcessHandle::isAlive));
    }
  }

  @Test
  void shouldLeaveNoProcessWhenItIsKilled() throws Exception {
    try (DemoProcess demo = DemoProcess.start(FOLDER.resolve("killed"))) {
      // given
      await().atMost(WHOLE_RUN).until(() -> demo.operator().isPresent());
      List<ProcessHandle> children = demo.children();

      // when
      demo.kill();

      // then
      assertEquals(2, children.size());
      await().atMost(END).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
    }
  }
}
