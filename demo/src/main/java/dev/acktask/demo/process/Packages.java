package dev.acktask.demo.process;

import java.nio.file.Path;

/**
 * Paths of what the demo runs: the build output and the simulated account.
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

  Path accounts() {
    return root.resolve("examples/01-first-task/rehearsal/accounts.yaml");
  }

  Path parentProcessMonitor() {
    return root.resolve("demo/target/acktask-demo-parent-process-monitor.jar");
  }
}
