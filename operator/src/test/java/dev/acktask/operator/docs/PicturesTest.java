package dev.acktask.operator.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pictures of the pages are made by the build, linked from a page and safe to open. */
final class PicturesTest {
  private static final Path FOLDER = Pages.ROOT.resolve("docs/images");
  private static final long MAX_BYTES = 400_000;

  @Test
  void shouldNameTheCommandThatMakesEachPicture() throws IOException {
    String page = Files.readString(FOLDER.resolve("README.md"));

    for (Path picture : pictures()) {
      String name = picture.getFileName().toString();
      String command = "hack/images/build.sh " + name.substring(0, name.indexOf('.'));
      assertTrue(
          page.lines().anyMatch(line -> line.contains(name) && line.contains(command)),
          () -> "docs/images/README.md does not say what makes " + name);
    }
  }

  @Test
  void shouldShowEachPictureInAPage() throws IOException {
    List<Path> pages = Pages.all().stream().filter(page -> !page.startsWith(FOLDER)).toList();
    String links = "";
    for (Path page : pages) {
      links +=
          Markdown.read(page).links().stream()
              .map(Markdown.Link::target)
              .collect(Collectors.joining("\n", "", "\n"));
    }
    for (Path picture : pictures()) {
      String name = "images/" + picture.getFileName();
      assertTrue(links.contains(name), () -> "no page shows " + name);
    }
  }

  @Test
  void shouldHoldNeitherScriptsNorPathsOfAMachine() throws IOException {
    for (Path picture : pictures()) {
      assertTrue(Files.size(picture) <= MAX_BYTES, () -> picture + " is too large for a page");
      if (picture.toString().endsWith(".svg")) {
        String text = Files.readString(picture);
        for (String refused : List.of("<script", "javascript:", "/usr/lib", "/home/", "/tmp/")) {
          assertFalse(
              text.toLowerCase(Locale.ROOT).contains(refused),
              () -> picture.getFileName() + " contains " + refused);
        }
      }
    }
  }

  @Test
  void shouldFindThePictures() throws IOException {
    assertEquals(
        List.of("demo.svg", "report.png", "status.svg"),
        pictures().stream().map(picture -> picture.getFileName().toString()).toList());
  }

  private static List<Path> pictures() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> !file.toString().endsWith(".md")).sorted().toList();
    }
  }
}
