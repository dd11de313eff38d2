package dev.acktask.simulator.list;

import dev.acktask.simulator.list.ListBehaviour.Order;
import dev.acktask.simulator.list.ListBehaviour.Paging;
import dev.acktask.simulator.list.ListBehaviour.Retention;
import dev.acktask.simulator.list.ListBehaviour.Updated;
import dev.acktask.simulator.script.DurationText;
import dev.acktask.simulator.yaml.YamlException;
import dev.acktask.simulator.yaml.YamlMapping;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Parses a {@link ListBehaviour}. */
public final class ListBehaviourParser {
  private static final int MAX_COUNT = 1_000_000;
  private static final List<String> KEYS =
      List.of(
          "order",
          "updated",
          "retention",
          "keepFinished",
          "delay",
          "ignoreFilters",
          "totalCountError",
          "overlap",
          "maxPageSize",
          "tokens");

  private ListBehaviourParser() {}

  /**
   * Parses the keys and values of a command line.
   *
   * @param source the option, for messages
   * @throws YamlException when a key or value is wrong
   */
  public static ListBehaviour parse(String source, Map<String, String> values) {
    String yaml =
        values.entrySet().stream()
            .map(pair -> pair.getKey() + ": " + pair.getValue())
            .collect(Collectors.joining("\n", "", "\n"));
    return values.isEmpty() ? ListBehaviour.DEFAULT : parse(YamlMapping.parse(source, yaml));
  }

  /**
   * Parses the behaviour that {@code node} is.
   *
   * @throws YamlException when a key or value is wrong
   */
  public static ListBehaviour parse(YamlMapping node) {
    node.knowing(KEYS);
    return ListBehaviour.builder()
        .order(choice(node, "order", Order.values()))
        .updated(choice(node, "updated", Updated.values()))
        .retention(
            new Retention(
                duration(node, "retention"),
                node.integer("keepFinished", Integer.MAX_VALUE, 0, Integer.MAX_VALUE)))
        .delay(duration(node, "delay").orElse(Duration.ZERO))
        .ignoresFilters(node.flag("ignoreFilters"))
        .paging(
            new Paging(
                node.integer("totalCountError", 0, -MAX_COUNT, MAX_COUNT),
                node.integer("overlap", 0, 0, Paging.MAX_PAGE_SIZE - 1),
                node.integer("maxPageSize", Paging.MAX_PAGE_SIZE, 1, MAX_COUNT),
                node.choice("tokens", List.of("true", "false")).equals("true")))
        .build();
  }

  private static Optional<Duration> duration(YamlMapping node, String key) {
    return node.has(key) ? Optional.of(DurationText.in(node, key)) : Optional.empty();
  }

  /** The value by its name in camel case; the first is the default. */
  private static <E extends Enum<E>> E choice(YamlMapping node, String key, E[] values) {
    List<String> names = Stream.of(values).map(ListBehaviourParser::camelCase).toList();
    return values[names.indexOf(node.choice(key, names))];
  }

  private static String camelCase(Enum<?> value) {
    StringBuilder name = new StringBuilder();
    for (String part : value.name().toLowerCase(Locale.ROOT).split("_", -1)) {
      name.append(
          name.isEmpty()
              ? part
              : part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1));
    }
    return name.toString();
  }
}
