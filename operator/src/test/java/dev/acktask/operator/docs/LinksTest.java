package dev.acktask.operator.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each link between the pages of this repository points to an existing file and heading. */
final class LinksTest {
  private static final Path ROOT = Pages.ROOT;
  private static final Pattern EXTERNAL = Pattern.compile("^[a-z][a-z0-9+.-]*:.*");

  @TestFactory
  Stream<DynamicTest> shouldResolveEveryLinkOf() throws IOException {
    return Pages.all().stream()
        .map(
            page ->
                dynamicTest(
                    ROOT.relativize(page).toString(), () -> assertEquals(List.of(), dead(page))));
  }

  @Test
  void shouldReachEveryPageAndExampleFromTheReadme() throws IOException {
    Set<Path> reachable = new java.util.TreeSet<>();
    List<Path> open = new ArrayList<>(List.of(ROOT.resolve("README.md")));
    while (!open.isEmpty()) {
      Path page = open.remove(0);
      if (reachable.add(page)) {
        for (Markdown.Link link : Markdown.read(page).links()) {
          Path target = target(page, link.target());
          if (target.toString().endsWith(".md") && Files.exists(target)) {
            open.add(target);
          }
        }
      }
    }
    for (String folder : List.of("docs", "examples")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
        files
            .filter(file -> file.toString().endsWith(".md"))
            .forEach(
                file -> assertTrue(reachable.contains(file), () -> "nothing links to " + file));
      }
    }
  }

  @Test
  void shouldReadTheLinksAndAnchorsOfAPage() {
    Markdown page =
        Markdown.parse(
            List.of(
                "# One `two`, three",
                "[a](b.md#c) and `[no](link)` and ![picture](p.png)",
                "```",
                "[not](this)",
                "```",
                "## Same",
                "## Same",
                "[ref]: other.md"));

    assertEquals(
        List.of("b.md#c", "p.png", "other.md"),
        page.links().stream().map(Markdown.Link::target).toList());
    assertEquals(Set.of("one-two-three", "same", "same-1"), page.anchors());
  }

  private static List<String> dead(Path page) throws IOException {
    List<String> dead = new ArrayList<>();
    for (Markdown.Link link : Markdown.read(page).links()) {
      if (EXTERNAL.matcher(link.target()).matches()) {
        continue;
      }
      Path target = target(page, link.target());
      int hash = link.target().indexOf('#');
      if (!Files.exists(target)) {
        dead.add("line " + link.line() + ": no file " + link.target());
      } else if (hash >= 0
          && target.toString().endsWith(".md")
          && !Markdown.read(target).anchors().contains(link.target().substring(hash + 1))) {
        dead.add("line " + link.line() + ": no heading " + link.target());
      }
    }
    return dead;
  }

  private static Path target(Path page, String link) {
    int hash = link.indexOf('#');
    String file = hash < 0 ? link : link.substring(0, hash);
    return file.isEmpty() ? page : page.resolveSibling(file).normalize();
  }
}
