package dev.acktask.e2e.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ResultsPageTest {
  private static final String RESULTS =
      """

      | Gate | Flux | Argo CD |
      |---|---|---|
      | a task runs | waits | waits |
      | all succeeded | opens | opens |

      | Task | Flux | Argo CD |
      |---|---|---|
      | a task runs | waits | fails |

      """;
  private static final ResultsPage PAGE =
      new ResultsPage(
          "# Gating\n<!-- results: how to write them -->\n" + RESULTS + "<!-- results: end -->\n");

  @Test
  void shouldWriteATableForEachSubject() {
    List<ResultsPage.Row> rows =
        List.of(
            new ResultsPage.Row("Gate", "a task runs", cells("waits", "waits")),
            new ResultsPage.Row("Gate", "all succeeded", cells("opens", "opens")),
            new ResultsPage.Row("Task", "a task runs", cells("waits", "fails")));

    assertEquals(RESULTS, ResultsPage.of(List.of("Flux", "Argo CD"), rows));
    assertEquals(RESULTS, PAGE.results());
  }

  @Test
  void shouldFindThePresentCellOfATool() {
    assertEquals("waits", PAGE.cell("Gate", "a task runs", "Argo CD"));
    assertEquals("fails", PAGE.cell("Task", "a task runs", "Argo CD"));
    assertEquals("opens", PAGE.cell("Gate", "all succeeded", "Flux"));
    assertEquals("", PAGE.cell("Task", "all succeeded", "Flux"));
    assertEquals("", PAGE.cell("Gate", "all succeeded", "Helm 4"));
  }

  @Test
  void shouldRefuseAPageWithoutItsMarkers() {
    assertThrows(IllegalStateException.class, () -> new ResultsPage("# Gating\n"));
    assertThrows(
        IllegalStateException.class, () -> new ResultsPage("<!-- results: end -->\n# Gating\n"));
  }

  private static Map<String, String> cells(String flux, String argoCd) {
    return Map.of("Flux", flux, "Argo CD", argoCd);
  }
}
