package dev.acktask.operator.alerts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The metrics that exist: those in the tables of docs/metrics.md. */
final class MetricsPage {
  private static final Path PAGE = Path.of("../docs/metrics.md");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([a-zA-Z_:][a-zA-Z0-9_:]*)` \\| ([^|]*) \\|");
  private static final Pattern LABEL = Pattern.compile("`([a-z_]+)`");
  private static final Pattern SERIES_OF = Pattern.compile("_(bucket|count|sum|max)$");

  /** Made by Prometheus itself. */
  private static final Set<String> BUILT_IN = Set.of("up");

  private MetricsPage() {}

  /** The names that no row of the page has; the series of a histogram have the row of its name. */
  static Set<String> missing(Set<String> names) throws IOException {
    Set<String> known = names();
    known.addAll(BUILT_IN);
    Set<String> missing = new TreeSet<>(names);
    missing.removeIf(
        name -> known.contains(name) || known.contains(SERIES_OF.matcher(name).replaceFirst("")));
    return missing;
  }

  /** The names in the tables. */
  static Set<String> names() throws IOException {
    return new TreeSet<>(labels().keySet());
  }

  /** The labels of each metric. */
  static Map<String, Set<String>> labels() throws IOException {
    Map<String, Set<String>> labels = new TreeMap<>();
    Matcher row = ROW.matcher(Files.readString(PAGE));
    while (row.find()) {
      labels.put(
          row.group(1),
          LABEL
              .matcher(row.group(2))
              .results()
              .map(label -> label.group(1))
              .collect(Collectors.toCollection(TreeSet::new)));
    }
    return labels;
  }
}
