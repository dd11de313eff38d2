package dev.acktask.demo.screen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);

  @Test
  void shouldPrintALineForEachChangeWhenPlain() {
    // given
    PlainScreen screen = new PlainScreen(out);

    // when
    screen.show(List.of(row("", "Pending", "")), NOW);
    screen.show(List.of(row("cluster_upgrade", "Running", "PreCheck")), NOW.plusSeconds(1));
    screen.show(List.of(row("cluster_upgrade", "Running", "PreCheck")), NOW.plusSeconds(2));
    screen.show(List.of(row("cluster_upgrade", "Running", "UpgradeMaster")), NOW.plusSeconds(3));

    // then
    List<String> lines = text().lines().toList();
    assertEquals(3, lines.size(), text());
    assertTrue(lines.get(0).startsWith("NAME "), text());
    assertTrue(lines.get(2).contains("UpgradeMaster") && lines.get(2).endsWith("3s"), text());
  }

  @Test
  void shouldGoBackToTheTopOfTheTableWhenLive() {
    // given
    LiveScreen screen = new LiveScreen(out, new AnsiColors(false), 80);
    screen.show(List.of(row("cluster_upgrade", "Running", "PreCheck")), NOW);
    output.reset();

    // when
    screen.show(List.of(row("cluster_upgrade", "Running", "PostCheck")), NOW);

    // then
    assertTrue(text().contains("\033[2A\r\033[J"), text());
  }

  @Test
  void shouldDrawNothingWhenNothingChangedAndLive() {
    // given
    LiveScreen screen = new LiveScreen(out, new AnsiColors(false), 80);
    screen.show(List.of(row("cluster_upgrade", "Running", "PreCheck")), NOW);
    output.reset();

    // when
    screen.show(List.of(row("cluster_upgrade", "Running", "PreCheck")), NOW);

    // then
    assertEquals("", text());
  }

  @Test
  void shouldGiveTheCursorBackOnceAndDrawNoMoreWhenClosed() {
    // given
    LiveScreen screen = new LiveScreen(out, new AnsiColors(true), 80);
    screen.show(List.of(row("cluster_upgrade", "Running", "PreCheck")), NOW);
    output.reset();

    // when
    screen.close();
    screen.close();
    screen.show(List.of(row("cluster_upgrade", "Running", "PostCheck")), NOW);

    // then
    assertEquals("\033[?25h", text());
  }

  @Test
  void shouldAddColorOnlyWhenColorsAreOn() {
    assertEquals("Failed   ", new AnsiColors(false).phase("Failed   "));
    assertFalse(new AnsiColors(true).phase("Failed   ").startsWith("Failed"));
  }

  @Test
  void shouldFitWithoutCuttingNamesWhenTerminalIsNarrow() {
    // given
    TableLayout layout = TableLayout.within(80, TaskRow.WIDTHS);
    TaskRow row = row("nodepool_node_kubelet_config_rollout", "Succeeded", "CreateInstances");

    // when
    String line = layout.line(row.cells(NOW.plusSeconds(30)), new AnsiColors(false));

    // then
    assertTrue(line.length() <= 80, line);
    assertTrue(line.startsWith("upgrade-shop-pool "), line);
  }

  private String text() {
    return output.toString(StandardCharsets.UTF_8);
  }

  private static TaskRow row(String type, String phase, String stage) {
    return new TaskRow(
        "upgrade-shop-pool", type, phase, stage, "0/1", new TaskRow.Times(NOW, null));
  }
}
