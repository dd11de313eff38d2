package dev.acktask.operator.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A test of the modules operator and e2e, read from the sources, because the classes of e2e are not
 * on this class path.
 *
 * @param tags numbers of the fault catalogue, such as {@code F29}
 */
record TestMethod(String type, String method, Set<String> tags) {
  private static final List<Path> ROOTS =
      List.of(Path.of("src/test/java"), Path.of("../e2e/src/test/java"));
  private static final Pattern TEST =
      Pattern.compile("^\\s*@(?:Test|ParameterizedTest|TestFactory|RepeatedTest)\\b");
  private static final Pattern TAG = Pattern.compile("@Tag\\(\"(F[0-9]+)\"\\)");
  private static final Pattern METHOD =
      Pattern.compile("(?:void|Stream<DynamicTest>|List<DynamicTest>) (\\w+)\\(");

  /** The name in the pages, {@code Class#method}. */
  String name() {
    return type + "#" + method;
  }

  static List<TestMethod> all() throws IOException {
    return in(ROOTS);
  }

  /** The tests in the folders {@code roots} of sources. */
  static List<TestMethod> in(List<Path> roots) throws IOException {
    List<TestMethod> all = new ArrayList<>();
    for (Path root : roots) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
          String type = file.getFileName().toString().replace(".java", "");
          all.addAll(read(type, Files.readAllLines(file)));
        }
      }
    }
    return all;
  }

  /** Fails for a tag that belongs to no test, for example one of a class. */
  static List<TestMethod> read(String type, List<String> lines) {
    List<TestMethod> tests = new ArrayList<>();
    Set<String> tags = new TreeSet<>();
    boolean isTest = false;
    for (String line : lines) {
      isTest |= TEST.matcher(line).find();
      TAG.matcher(line).results().forEach(tag -> tags.add(tag.group(1)));
      Matcher method = METHOD.matcher(line);
      boolean isMethod = method.find();
      if (isMethod && isTest) {
        tests.add(new TestMethod(type, method.group(1), Set.copyOf(tags)));
        isTest = false;
        tags.clear();
      }
      if (!tags.isEmpty() && (isMethod || line.contains(" class "))) {
        throw new AssertionError(type + ": " + tags + " belongs to no test: " + line);
      }
    }
    return tests;
  }
}
