package dev.acktask.demo;

import dev.acktask.demo.screen.LiveScreen;
import dev.acktask.demo.screen.Paint;
import dev.acktask.demo.screen.PlainScreen;
import dev.acktask.demo.screen.Screen;
import java.io.IOException;
import java.util.List;

/** What {@code demo.sh} runs once everything is built. */
public final class DemoMain {
  private DemoMain() {}

  public static void main(String[] args) throws InterruptedException {
    DemoOptions options = options(args);
    String noColor = System.getenv("NO_COLOR");
    boolean terminal = options.width() > 0;
    Paint paint = new Paint(terminal && (noColor == null || noColor.isEmpty()));
    Teardown teardown = Teardown.alsoOnSignals();
    Screen screen =
        teardown.add(
            terminal
                ? new LiveScreen(System.out, paint, options.width())
                : new PlainScreen(System.out));
    System.exit(
        run(new Demo(options, ScriptedOutcome.OF_FIRST_TASK_EXAMPLE, screen, paint), teardown));
  }

  /** Exit code 1 when an outcome differs, and when there is none. */
  static int run(Demo demo, Teardown teardown) throws InterruptedException {
    try {
      return demo.run(teardown) ? 0 : 1;
    } catch (IOException | RuntimeException failure) {
      if (!teardown.begun()) {
        System.err.println("demo: " + failure.getMessage());
      }
      return 1;
    } finally {
      teardown.close();
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
