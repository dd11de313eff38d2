package dev.acktask.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;

/**
 * The options that {@code demo.sh} passes; users call that script, which has its own help.
 *
 * @param root of the repository
 * @param logs folder for logs and final objects
 * @param cluster use the current kube context, not the embedded API
 * @param speed divides all times of the scripts
 * @param limit time after which the run ends and reports the missing outcomes
 * @param width of the terminal, 0 when there is none
 */
record DemoOptions(Path root, Path logs, boolean cluster, double speed, Duration limit, int width) {
  /** Plays the longest script, 15 minutes, in 22 seconds. */
  static final double SPEED = 40;

  /** Long enough for a slow machine. */
  static final Duration LIMIT = Duration.ofSeconds(55);

  static DemoOptions parse(List<String> arguments) {
    Path root = Path.of("");
    Path logs = Path.of("demo", "target", "last-run");
    boolean cluster = false;
    double speed = SPEED;
    Duration limit = LIMIT;
    int width = 0;
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      String option = rest.next();
      switch (option) {
        case "--cluster" -> cluster = true;
        case "--root" -> root = Path.of(value(option, rest));
        case "--logs" -> logs = Path.of(value(option, rest));
        case "--speed" -> speed = Double.parseDouble(value(option, rest));
        case "--limit" -> limit = Duration.ofSeconds(Long.parseLong(value(option, rest)));
        case "--width" -> width = Integer.parseInt(value(option, rest));
        default -> throw new IllegalArgumentException("unknown option " + option);
      }
    }
    return new DemoOptions(root, logs, cluster, speed, limit, width);
  }

  private static String value(String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return rest.next();
  }
}
