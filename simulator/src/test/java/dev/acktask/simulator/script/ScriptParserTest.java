package dev.acktask.simulator.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.acktask.simulator.script.ScriptedFault.When;
import dev.acktask.simulator.yaml.YamlException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The accepted format, and the messages for everything else. */
class ScriptParserTest {
  private static final String HEAD =
      """
      taskId: T-000000000000000000000a01
      clusterId: c00000000000000000000000000000001
      taskType: cluster_upgrade
      """;
  private static final String TIMELINE =
      """
      timeline:
        - {at: 0s, state: running, startStage: {name: One}}
        - {at: 1m30s, state: success, finishStage: {name: One}}
      """;

  private static TaskScript parse(String yaml) {
    return ScriptParser.parse("x.yaml", yaml);
  }

  private static String complaint(String yaml) {
    return assertThrows(YamlException.class, () -> parse(yaml)).getMessage();
  }

  @Test
  void shouldFillInDefaultsWhenOnlyTheNecessaryIsGiven() {
    TaskScript script = parse(HEAD + TIMELINE);
    assertEquals(TaskScript.Start.FIRST_READ, script.start());
    assertEquals(
        new TaskScript.Target("c00000000000000000000000000000001", "cluster"), script.target());
    assertEquals("success", script.lastState());
    assertEquals(Duration.ofSeconds(90), script.length());
  }

  @Test
  void shouldNameFilePlaceAndKnownKeysWhenKeyIsUnknown() {
    assertEquals(
        "x.yaml: unknown key 'clusterID'; known keys: taskId, clusterId, taskType, target, start,"
            + " parameters, timeline, faults",
        complaint(HEAD + TIMELINE + "clusterID: c1\n"));
    assertEquals(
        "x.yaml: timeline[0]: unknown key 'stat'; known keys: at, state, currentStage, startStage,"
            + " finishStage, events, results, error",
        complaint(HEAD + "timeline: [{at: 0s, stat: running}]\n"));
  }

  @Test
  void shouldComplainWhenSomethingIsMissing() {
    assertEquals("x.yaml: 'taskId' is missing", complaint(TIMELINE));
    assertEquals("x.yaml: 'timeline' needs a first step that sets the state", complaint(HEAD));
    assertEquals("x.yaml: expected a mapping of keys to values", complaint("- 1\n"));
  }

  @Test
  void shouldComplainWhenDurationIsNotOne() {
    assertEquals(
        "x.yaml: timeline[0]: 'at' is 'soon', expected a duration such as 30s, 1m30s, 2h or 250ms",
        complaint(HEAD + "timeline: [{at: soon, state: running}]\n"));
  }

  @Test
  void shouldComplainWhenTimeGoesBack() {
    assertEquals(
        "x.yaml: timeline[1]: 'at' is 5s, before the step above it",
        complaint(HEAD + "timeline: [{at: 9s, state: running}, {at: 5s}]\n"));
  }

  @Test
  void shouldComplainWhenStageIsNotRunning() {
    assertEquals(
        "x.yaml: timeline[0].finishStage: stage 'Two' is not running; running: ",
        complaint(HEAD + "timeline: [{at: 0s, state: running, finishStage: {name: Two}}]\n"));
  }

  @Test
  void shouldComplainWhenKeyIsGivenTwice() {
    assertEquals(
        "x.yaml: line 2: Duplicate field 'taskId'", complaint("taskId: T-1\ntaskId: T-2\n"));
  }

  @ParameterizedTest
  @CsvSource({"3, 3, 3", "5-7, 5, 7", "5-, 5, 2147483647"})
  void shouldReadCallsWhenGivenAsNumberOrRange(String text, int first, int last) {
    TaskScript script =
        parse(HEAD + TIMELINE + "faults: [{call: " + text + ", kind: unavailable}]\n");
    assertEquals(new When.Calls(first, last), script.faults().get(0).when());
  }

  @Test
  void shouldReadWindowWhenGivenAsTime() {
    TaskScript script = parse(HEAD + TIMELINE + "faults: [{at: 2m, for: 30s, kind: reset}]\n");
    assertEquals(
        new When.Window(Duration.ofMinutes(2), Duration.ofSeconds(30)),
        script.faults().get(0).when());
  }

  @Test
  void shouldComplainWhenFaultIsWrong() {
    String head = HEAD + TIMELINE + "faults: ";
    assertEquals(
        "x.yaml: faults[0]: needs either 'call', or 'at' and 'for'",
        complaint(head + "[{kind: reset}]\n"));
    assertEquals(
        "x.yaml: faults[0]: unknown kind 'flood'; known kinds: "
            + String.join(", ", FaultKinds.names()),
        complaint(head + "[{call: 1, kind: flood}]\n"));
    assertEquals(
        "x.yaml: faults[0]: unknown key 'bytes'; known keys: call, at, for, kind",
        complaint(head + "[{call: 1, kind: reset, bytes: 3}]\n"));
    assertEquals(
        "x.yaml: faults[0]: 'bytesPerSecond' is '0', expected a number from 1 to 2147483647",
        complaint(head + "[{call: 1, kind: slowBody, bytesPerSecond: 0}]\n"));
  }

  @ParameterizedTest
  @CsvSource({"90s, 1m30s", "2h, 2h", "1h0m1s, 1h1s", "250ms, 250ms", "0s, 0s"})
  void shouldPrintShortestFormWhenDurationIsParsed(String text, String shortest) {
    assertEquals(shortest, DurationText.of(DurationText.parse(text).orElseThrow()));
  }

  @ParameterizedTest
  @CsvSource({"''", "s", "-5s", "5", "1s1m", "1.5s"})
  void shouldRefuseWhenDurationIsMalformed(String text) {
    assertEquals(true, DurationText.parse(text).isEmpty());
  }
}
