package dev.acktask.e2e.gates;

/** Provides {@link GatingTools}. */
final class GatingToolsExtension extends ProgramExtension {
  GatingToolsExtension() {
    super("gating-tools", GatingTools.class, GatingTools::new);
  }
}
