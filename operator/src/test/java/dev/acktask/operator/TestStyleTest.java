package dev.acktask.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * One style for all modules: a test of more than six statements is divided by the comments {@code
 * // given}, {@code // when} and {@code // then} in this order, any number of times, and a name
 * says the behaviour in under 70 characters.
 */
final class TestStyleTest {
  private static final int MAX_UNDIVIDED = 6;
  private static final int MAX_NAME_LENGTH = 69;
  private static final Set<String> TESTS = Set.of("Test", "ParameterizedTest", "RepeatedTest");
  private static final Pattern SECTION = Pattern.compile("(?m)^\\s*// (given|when|then)\\b");
  private static final Pattern ORDER = Pattern.compile("((given )?(when )?then )+");

  @Test
  void shouldDivideLongTestsIntoGivenWhenThen() throws IOException {
    List<String> found = new ArrayList<>();
    Sources.parse(Sources.in("src/test/java"), source -> found.addAll(violations(source)));
    assertEquals(List.of(), found);
  }

  @Test
  void shouldFindUndividedAndWronglyDividedTestsAndLongNames() throws IOException {
    assertEquals(
        List.of("Snippet.java: a"),
        violations("@Test void a() { a(); b(); c(); d(); e(); f(); g(); }"));
    assertEquals(List.of(), violations("@Test void a() { a(); b(); c(); d(); e(); f(); }"));
    assertEquals(List.of("Snippet.java: a"), violations("@Test void a() {\n// when\na(); }"));
    assertEquals(List.of(), violations("@Test void a() {\n// when\na();\n// then\nb(); }"));
    assertEquals(List.of(), violations("void a() { a(); b(); c(); d(); e(); f(); g(); }"));
    assertEquals(1, violations("@Test void " + "a".repeat(70) + "() {}").size());
  }

  private static List<String> violations(String method) throws IOException {
    List<String> found = new ArrayList<>();
    Sources.parse("class A { " + method + " }", source -> found.addAll(violations(source)));
    return found;
  }

  private static List<String> violations(Sources.Source source) {
    List<String> found = new ArrayList<>();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitMethod(MethodTree method, Void unused) {
        if (isTest(method) && !isInStyle(method, source.textOf(method))) {
          found.add(source.fileName() + ": " + method.getName());
        }
        return super.visitMethod(method, null);
      }
    }.scan(source.unit(), null);
    return found;
  }

  private static boolean isTest(MethodTree method) {
    return method.getModifiers().getAnnotations().stream()
        .map(AnnotationTree::getAnnotationType)
        .anyMatch(type -> TESTS.contains(type.toString()));
  }

  private static boolean isInStyle(MethodTree method, String text) {
    String sections =
        SECTION
            .matcher(text)
            .results()
            .map(section -> section.group(1) + " ")
            .collect(Collectors.joining());
    boolean isShort = method.getBody().getStatements().size() <= MAX_UNDIVIDED;
    return method.getName().length() <= MAX_NAME_LENGTH
        && ((isShort && sections.isEmpty()) || ORDER.matcher(sections).matches());
  }
}
