package dev.acktask.e2e.metrics;

import dev.acktask.e2e.operator.OperatorProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One page of metrics, as Prometheus reads it.
 *
 * @param labels the names of the labels of each family
 * @param lines the unparsed samples
 */
record Scrape(Map<String, Set<String>> labels, List<String> lines) {
  private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) \\S+");
  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)\\})? \\S+");
  private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]+)=\"(?:[^\"\\\\]|\\\\.)*\"");

  static Scrape of(OperatorProcess operator) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(operator.page("/metrics")).build();
      String text = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
      return parse(text.lines().toList());
    }
  }

  private static Scrape parse(List<String> text) {
    Map<String, Set<String>> labels = new TreeMap<>();
    String family = "";
    for (String line : text) {
      Matcher type = TYPE.matcher(line);
      Matcher sample = SAMPLE.matcher(line);
      if (type.matches()) {
        family = type.group(1);
        labels.put(family, new TreeSet<>());
      } else if (sample.matches() && sample.group(2) != null) {
        Matcher label = LABEL.matcher(sample.group(2));
        while (label.find()) {
          labels.get(family).add(label.group(1));
        }
      }
    }
    labels.values().forEach(names -> names.remove("le"));
    return new Scrape(labels, text.stream().filter(line -> !line.startsWith("#")).toList());
  }

  boolean has(String... parts) {
    return lines.stream().anyMatch(line -> List.of(parts).stream().allMatch(line::contains));
  }
}
