package dev.acktask.operator.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A page is short, or a table at its top links to each of its sections. */
final class PageLengthTest {
  private static final int WORDS = 1_500;

  @TestFactory
  Stream<DynamicTest> shouldBeShortOrBeginWithAnIndex() throws IOException {
    return Pages.ofUsers().stream()
        .map(
            page ->
                dynamicTest(
                    Pages.name(page),
                    () -> assertEquals(Set.of(), notInTheIndex(Files.readAllLines(page)))));
  }

  @Test
  void shouldFindASectionThatTheIndexOfALongPageLacks() {
    List<String> page = new ArrayList<>(List.of("# Page", "", "| to | read |", "|---|---|"));
    page.addAll(List.of("| begin | [One](#one) |", "", "## One", "## Two", "[Two](#two)"));

    assertEquals(Set.of(), notInTheIndex(page));

    page.add("word ".repeat(WORDS));

    assertEquals(Set.of("#two"), notInTheIndex(page));
  }

  /** The sections of a long page to which nothing at its top links, which has to have a table. */
  private static Set<String> notInTheIndex(List<String> page) {
    long words =
        page.stream()
            .flatMap(line -> Stream.of(line.split("\\s+", -1)))
            .filter(w -> !w.isEmpty())
            .count();
    if (words <= WORDS) {
      return Set.of();
    }
    Set<String> missing =
        page.stream()
            .filter(line -> line.startsWith("## "))
            .map(line -> "#" + Markdown.slug(line.substring(3)))
            .collect(Collectors.toCollection(TreeSet::new));
    List<String> top = page.stream().takeWhile(line -> !line.startsWith("## ")).toList();
    if (top.stream().anyMatch(line -> line.startsWith("| "))) {
      Markdown.parse(top).links().forEach(link -> missing.remove(link.target()));
    }
    return missing;
  }
}
