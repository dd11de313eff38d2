package dev.acktask.e2e.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acktask.e2e.chart.HelmCli;
import dev.acktask.e2e.cluster.BuildScript;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.history.Bounds;
import dev.acktask.e2e.operator.OperatorFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Each tool in each state of an AckTask and of an AckTaskGate; the states are written by the
 * operator. No tool opens early, fails in an outage, or waits out a failure.
 *
 * <p>The results in docs/gating.md are those of this run. {@code -Dacktask.docs.write=true} writes
 * them. Argo CD takes part with {@code -Dacktask.e2e.argocd=true}; its column stays as it is
 * otherwise.
 */
@OnControlPlane
@WithGatingTools
@WithHelm
class GatingTableIT {
  private static final String ARGO_CD = "acktask.e2e.argocd";

  /** The operator is frozen while the tools read, and reports late. */
  private static final Bounds BOUNDS =
      Bounds.undisturbed(OperatorFixture.POLL_INTERVAL)
          .withExtra(100)
          .withReaction(Duration.ofMinutes(15));

  private final ControlPlane controlPlane;
  private final List<GatingTool> tools = new ArrayList<>();

  GatingTableIT(ControlPlane controlPlane, GatingTools gatingTools, HelmCli helm) {
    this.controlPlane = controlPlane;
    tools.add(new KubectlWait(controlPlane));
    tools.add(new FluxWait(controlPlane, gatingTools));
    tools.add(new HelmWait(controlPlane, helm));
    if (Boolean.getBoolean(ARGO_CD)) {
      tools.add(new ArgoCdHealth(argoCd()));
    }
  }

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void shouldDoWhatTheResultsSay() {
    // given
    Gates gates = Gates.start(controlPlane, "results");
    try (WrittenStates tasks = WrittenStates.on(gates.fixture())) {
      gates.fixture().recorder().expect(BOUNDS);
      List<WrittenObject> objects = write(gates, tasks);

      // when
      Map<String, List<Verdict>> verdicts = new HashMap<>();
      tools.forEach(tool -> verdicts.put(tool.title(), tool.judge(objects)));

      // then
      assertEquals(List.of(), mistakes(objects, verdicts));
      compareWithThePage(objects, verdicts);
    }
  }

  private static List<WrittenObject> write(Gates gates, WrittenStates tasks) {
    WrittenGateStates gateStates = new WrittenGateStates(gates, tasks.unwatched());
    gateStates.begin();
    tasks.create();
    gateStates.end();
    List<WrittenObject> objects = new ArrayList<>();
    tasks.freeze().forEach((state, object) -> objects.add(WrittenObject.of(state, object)));
    gateStates
        .objects()
        .forEach(
            (state, object) ->
                objects.add(WrittenObject.of(state, new ObjectMapper().valueToTree(object))));
    return objects;
  }

  /** A sentence for each verdict that no tool may reach. */
  private static List<String> mistakes(
      List<WrittenObject> objects, Map<String, List<Verdict>> verdicts) {
    List<String> mistakes = new ArrayList<>();
    verdicts.forEach(
        (tool, reached) -> {
          for (int i = 0; i < objects.size(); i++) {
            WrittenObject object = objects.get(i);
            if (reached.get(i) != object.expected()) {
              mistakes.add(
                  "%s %s on an %s. It must be: %s."
                      .formatted(tool, reached.get(i).word(), object, object.expected().word()));
            }
          }
        });
    return mistakes;
  }

  private static void compareWithThePage(
      List<WrittenObject> objects, Map<String, List<Verdict>> verdicts) {
    ResultsPage page = ResultsPage.read();
    List<ResultsPage.Row> rows = new ArrayList<>();
    for (int i = 0; i < objects.size(); i++) {
      WrittenObject object = objects.get(i);
      Map<String, String> cells = new HashMap<>();
      String kept = page.cell(object.subject(), object.state(), ArgoCdHealth.TITLE);
      assertTrue(
          verdicts.containsKey(ArgoCdHealth.TITLE) || !kept.isEmpty(),
          () -> "Argo CD has no result for an " + object + "; -D" + ARGO_CD + "=true asks it");
      cells.put(ArgoCdHealth.TITLE, kept);
      for (Map.Entry<String, List<Verdict>> tool : verdicts.entrySet()) {
        cells.put(tool.getKey(), tool.getValue().get(i).word());
      }
      rows.add(new ResultsPage.Row(object.subject(), object.state(), cells));
    }
    String results =
        ResultsPage.of(List.of("`kubectl wait`", "Flux", "Helm 4", ArgoCdHealth.TITLE), rows);
    if (Boolean.getBoolean("acktask.docs.write")) {
      page.write(results);
    }
    assertEquals(
        results,
        ResultsPage.read().results(),
        "docs/gating.md has other results; -Dit.test=GatingTableIT -Dacktask.docs.write=true"
            + " -Dacktask.e2e.argocd=true writes them");
  }

  private static ArgoCdCli argoCd() {
    return switch (BuildScript.of("argocd").run()) {
      case BuildScript.Outcome.Provided provided -> new ArgoCdCli(provided.path());
      case BuildScript.Outcome.Failed failed -> throw new IllegalStateException(failed.reason());
    };
  }
}
