package dev.acktask.demo.process;

import java.nio.file.Path;

/**
 * Paths of the build output that the demo runs.
 *
 * @param root of the repository
 */
record Packages(Path root) {
  Path operator() {
    return root.resolve("operator/target/acktask-operator.jar");
  }

  Path simulator() {
    return root.resolve("simulator/target/acktask-simulator.jar");
  }

  Path scripts() {
    return root.resolve("simulator/scripts");
  }

  Path parentProcessMonitor() {
    return root.resolve("demo/target/acktask-demo-parent-process-monitor.jar");
  }
}
