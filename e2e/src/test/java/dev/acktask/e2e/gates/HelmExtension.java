package dev.acktask.e2e.gates;

import dev.acktask.e2e.chart.HelmCli;

/** Provides {@link HelmCli}. */
final class HelmExtension extends ProgramExtension {
  HelmExtension() {
    super("helm", HelmCli.class, HelmCli::new);
  }
}
