package dev.acktask.demo.process;

import java.nio.file.Path;

/**
 * Where the build leaves what the demo runs.
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

  Path leash() {
    return root.resolve("demo/target/acktask-demo-leash.jar");
  }
}
