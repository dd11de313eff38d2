package dev.acktask.operator.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The Markdown pages of this repository. */
final class Pages {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final Set<String> EXCLUDED = Set.of("target", ".git", "node_modules");

  private Pages() {}

  /** README.md and docs/*.md, sorted. */
  static List<Path> ofUsers() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md")));
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      docs.filter(page -> page.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    return pages;
  }

  /** All pages, also those of examples and modules, sorted. */
  static List<Path> all() throws IOException {
    List<Path> pages = new ArrayList<>();
    add(ROOT, pages);
    pages.sort(null);
    return pages;
  }

  /** The path of {@code page} in the repository. */
  static String name(Path page) {
    return ROOT.relativize(page).toString();
  }

  private static void add(Path folder, List<Path> pages) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.toList()) {
        if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
          if (!EXCLUDED.contains(entry.getFileName().toString())) {
            add(entry, pages);
          }
        } else if (entry.toString().endsWith(".md")) {
          pages.add(entry);
        }
      }
    }
  }
}
