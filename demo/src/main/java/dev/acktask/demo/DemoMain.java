package dev.acktask.demo;

import dev.acktask.demo.screen.AnsiColors;
import dev.acktask.demo.screen.LiveScreen;
import dev.acktask.demo.screen.PlainScreen;
import dev.acktask.demo.screen.Screen;
import java.io.IOException;
import java.util.List;

/** Entry point that {@code demo.sh} starts after the build. */
public final class DemoMain {
  private DemoMain() {}

  public static void main(String[] args) throws InterruptedException {
    DemoOptions options = options(args);
    String noColor = System.getenv("NO_COLOR");
    boolean terminal = options.width() > 0;
    AnsiColors colors = new AnsiColors(terminal && (noColor == null || noColor.isEmpty()));
    DemoResources resources = DemoResources.closedOnSignals();
    Screen screen =
        resources.add(
            terminal
                ? new LiveScreen(System.out, colors, options.width())
                : new PlainScreen(System.out));
    System.exit(run(new Demo(options, ScriptedOutcome.OF_EXAMPLE, screen, colors), resources));
  }

  /** Returns exit code 1 when an outcome differs or the run fails, otherwise 0. */
  static int run(Demo demo, DemoResources resources) throws InterruptedException {
    try {
      return demo.run(resources) ? 0 : 1;
    } catch (IOException | RuntimeException failure) {
      if (!resources.isShuttingDown()) {
        System.err.println("demo: " + failure.getMessage());
      }
      return 1;
    } finally {
      resources.close();
    }
  }

  private static DemoOptions options(String[] args) {
    try {
      return DemoOptions.parse(List.of(args));
    } catch (IllegalArgumentException wrong) {
      System.err.println("demo: " + wrong.getMessage());
      System.exit(2);
      throw wrong;
    }
  }
}
