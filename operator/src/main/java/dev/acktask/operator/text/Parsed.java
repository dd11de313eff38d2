package dev.acktask.operator.text;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A value that was parsed from settings, or everything that is wrong with them. */
public sealed interface Parsed<T> {
  /** The settings are valid. */
  record Valid<T>(T value) implements Parsed<T> {}

  /**
   * The settings are not usable.
   *
   * @param problems one line each: the setting, what is wrong and what to do; no secret
   */
  record Invalid<T>(List<String> problems) implements Parsed<T> {
    public Invalid {
      problems = List.copyOf(problems);
    }
  }

  /** The value; null after each problem was passed to {@code report}. */
  default @Nullable T orReport(Consumer<String> report) {
    return switch (this) {
      case Valid<T> valid -> valid.value();
      case Invalid<T> invalid -> {
        invalid.problems().forEach(report);
        yield null;
      }
    };
  }
}
