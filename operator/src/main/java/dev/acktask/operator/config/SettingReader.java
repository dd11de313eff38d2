package dev.acktask.operator.config;

import dev.acktask.operator.text.BoundedText;
import dev.acktask.operator.text.GepDuration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads single settings from environment variables. A value that is wrong adds a problem and is
 * replaced by a valid one, so that all problems are reported at once.
 */
final class SettingReader {
  private final Map<String, String> environment;
  private final List<String> problems = new ArrayList<>();

  SettingReader(Map<String, String> environment) {
    this.environment = environment;
  }

  /** What is wrong so far, each a sentence with the name of the setting. */
  List<String> problems() {
    return problems;
  }

  /** The text of a setting, without white space around it; its default if it is absent. */
  String value(Setting setting) {
    String value = environment.getOrDefault(setting.variable(), "").strip();
    return value.isEmpty() || ServiceLinks.isLink(setting.variable(), value)
        ? setting.defaultText()
        : value;
  }

  /**
   * Distinct texts that are separated by commas.
   *
   * @param kind what each is, for the problem
   */
  List<String> list(Setting setting, Pattern item, String kind) {
    String value = value(setting);
    if (value.isEmpty()) {
      return List.of();
    }
    List<String> names = Arrays.stream(value.split(",", -1)).map(String::strip).distinct().toList();
    for (String name : names) {
      if (!item.matcher(name).matches()) {
        problem(
            setting,
            "holds "
                + BoundedText.quoted(name)
                + ", which is not "
                + kind
                + "; write names separated by commas.");
      }
    }
    return names;
  }

  /** {@code true} or {@code false}. */
  boolean flag(Setting setting) {
    return oneOf(setting, Set.of("true", "false")).equals("true");
  }

  /** A word out of {@code words}. */
  String oneOf(Setting setting, Set<String> words) {
    String value = value(setting);
    if (!words.contains(value)) {
      String choices = String.join(", ", new TreeSet<>(words));
      problem(setting, "is " + BoundedText.quoted(value) + "; write one of " + choices + ".");
    }
    return value;
  }

  /** A duration from {@code least} to {@code most}. */
  Duration duration(Setting setting, Duration least, Duration most) {
    String value = value(setting);
    Duration duration = GepDuration.parse(value).orElse(null);
    if (duration == null) {
      problem(
          setting,
          "is " + BoundedText.quoted(value) + ", which is not a duration such as 15s or 1m30s.");
      return GepDuration.parse(setting.defaultText()).orElse(least);
    }
    if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
      problem(
          setting,
          "is "
              + value
              + "; it must lie between "
              + GepDuration.format(least)
              + " and "
              + GepDuration.format(most)
              + ".");
    }
    return duration;
  }

  /** A whole number from {@code least} to {@code most}. */
  int number(Setting setting, int least, int most) {
    String value = value(setting);
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // reported below, together with numbers out of range
    }
    problem(
        setting,
        "is "
            + BoundedText.quoted(value)
            + "; write a whole number from "
            + least
            + " to "
            + most
            + ".");
    return least;
  }

  /** Adds a problem for each variable that is named like a setting and is none. */
  void findUnknownVariables() {
    Set<String> known =
        Arrays.stream(Setting.values()).map(Setting::variable).collect(Collectors.toSet());
    for (String name : new TreeSet<>(environment.keySet())) {
      if (name.startsWith(Setting.PREFIX)
          && !known.contains(name)
          && !ServiceLinks.isLink(name, environment.getOrDefault(name, ""))) {
        problems.add(name + " is not a setting of this operator; see docs/configuration.md.");
      }
    }
  }

  /**
   * Adds a problem.
   *
   * @param text a sentence whose subject is the name of the setting
   */
  void problem(Setting setting, String text) {
    problems.add(setting.variable() + " " + text);
  }
}
