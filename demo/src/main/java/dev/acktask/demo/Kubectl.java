package dev.acktask.demo;

import dev.acktask.demo.kubernetes.KubernetesApi;
import dev.acktask.demo.screen.Screen;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;

/** Prints the tasks with the user's kubectl, if one is installed. */
final class Kubectl {
  private static final List<String> GET_ACKTASKS =
      List.of("kubectl", "get", "acktasks", "-n", KubernetesApi.NAMESPACE);

  private Kubectl() {}

  static void getAckTasks(Screen screen) throws InterruptedException {
    try {
      Process kubectl = new ProcessBuilder(GET_ACKTASKS).redirectErrorStream(true).start();
      try (BufferedReader output = kubectl.inputReader()) {
        screen.say("");
        screen.say("$ " + String.join(" ", GET_ACKTASKS));
        output.lines().forEach(screen::say);
      }
      kubectl.waitFor();
    } catch (IOException absent) {
      // No kubectl on the PATH; the table above has the same content.
    }
  }
}
