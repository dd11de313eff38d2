package dev.acktask.operator.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.acktask.operator.config.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Settings, files and chart values named in messages and pages exist. */
final class NamedThingsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path CHART = ROOT.resolve("helm/acktask-operator");
  private static final Pattern JOINT = Pattern.compile("\"\\s*\\+\\s*\"");
  private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\n]|\\\\.)*)\"");
  private static final Pattern MESSAGE = Pattern.compile("(?:fail|required) \"([^\"]*)\"");
  private static final Pattern VARIABLE = Pattern.compile("ACKTASK_[A-Z0-9_]+");
  private static final Pattern FILE =
      Pattern.compile("(?<![\\w./-])(?:docs|crds|deploy|helm|examples|hack)/[\\w./-]*");
  private static final Pattern CHART_VALUE =
      Pattern.compile("(?:chart value |--set )([a-z][A-Za-z]*(?:\\.[a-z][A-Za-z]*)*)");
  private static final Pattern DOTTED =
      Pattern.compile("(?<![\\w./-])([a-z][A-Za-z]*(?:\\.[a-z][A-Za-z]*)+)(?![\\w/])");

  /** Variables that Kubernetes derives from Services; the documentation names them. */
  private static final Set<String> SERVICE_LINKS = Set.of("ACKTASK_SERVICE_HOST");

  @Test
  void shouldNameOnlyVariablesThatAreSettings() throws IOException {
    Set<String> known =
        Arrays.stream(Setting.values()).map(Setting::variable).collect(Collectors.toSet());
    Map<String, String> texts = new TreeMap<>(messages());
    pages().forEach(page -> texts.put(ROOT.relativize(page).toString(), read(page)));

    assertEquals(
        List.of(),
        named(texts, VARIABLE, name -> known.contains(name) || SERVICE_LINKS.contains(name)));
  }

  @Test
  void shouldNameOnlyFilesThatExist() throws IOException {
    assertEquals(
        List.of(),
        named(messages(), FILE, file -> Files.exists(ROOT.resolve(file.replaceAll("\\.$", "")))));
  }

  @Test
  void shouldNameOnlyValuesThatTheChartHas() throws IOException {
    JsonNode values = new YAMLMapper().readTree(CHART.resolve("values.yaml").toFile());
    assertEquals(List.of(), named(messages(), CHART_VALUE, name -> has(values, name)));

    Map<String, String> chart = new TreeMap<>(messages());
    chart.keySet().removeIf(file -> !file.startsWith("helm/"));
    assertTrue(chart.toString().contains("credentials.existingSecret"), "nothing was read");
    assertEquals(
        List.of(),
        named(
            chart,
            DOTTED,
            name -> !values.has(name.substring(0, name.indexOf('.'))) || has(values, name)));
  }

  private interface Known {
    boolean test(String name);
  }

  /** Each name in {@code texts} that is not known, with its file. */
  private static List<String> named(Map<String, String> texts, Pattern pattern, Known known) {
    List<String> unknown = new ArrayList<>();
    texts.forEach(
        (place, text) -> {
          Matcher found = pattern.matcher(text);
          while (found.find()) {
            String name = found.group(found.groupCount());
            if (!known.test(name)) {
              unknown.add(place + ": " + name);
            }
          }
        });
    return unknown;
  }

  private static boolean has(JsonNode values, String path) {
    return !values.at("/" + path.replace('.', '/')).isMissingNode();
  }

  /** The texts of the operator and of the chart, by file. */
  private static Map<String, String> messages() throws IOException {
    Map<String, String> messages = new TreeMap<>();
    for (Path file : files(ROOT.resolve("operator/src/main/java"), ".java")) {
      String joined = JOINT.matcher(read(file)).replaceAll("");
      messages.put(ROOT.relativize(file).toString(), all(LITERAL, joined));
    }
    for (Path file : files(CHART.resolve("templates"), "")) {
      String name = ROOT.relativize(file).toString();
      messages.put(name, name.endsWith("NOTES.txt") ? read(file) : all(MESSAGE, read(file)));
    }
    return messages;
  }

  private static String all(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(it -> it.group(1)).collect(Collectors.joining("\n"));
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(files(ROOT.resolve("docs"), ".md"));
    pages.add(ROOT.resolve("README.md"));
    pages.add(CHART.resolve("README.md"));
    return pages;
  }

  private static List<Path> files(Path folder, String end) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).filter(f -> f.toString().endsWith(end)).toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
