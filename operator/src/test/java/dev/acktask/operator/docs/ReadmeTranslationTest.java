package dev.acktask.operator.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** README.zh-CN.md says what README.md says. */
final class ReadmeTranslationTest {
  private static final Path ENGLISH = Pages.ROOT.resolve("README.md");
  private static final Path CHINESE = Pages.ROOT.resolve("README.zh-CN.md");
  private static final Pattern MANIFEST = Pattern.compile("(?s)```yaml\n(.*?)\n```");

  @Test
  void shouldHaveTheSameCommandsInTheSameOrder() throws IOException {
    assertTrue(commands(ENGLISH).size() >= 10, () -> "README.md has few commands");
    assertEquals(commands(ENGLISH), commands(CHINESE));
  }

  @Test
  void shouldHaveTheSameManifests() throws IOException {
    assertEquals(manifests(ENGLISH), manifests(CHINESE));
  }

  @Test
  void shouldHaveTheSameSections() throws IOException {
    assertEquals(sections(ENGLISH), sections(CHINESE));
  }

  @Test
  void shouldLinkToTheSamePages() throws IOException {
    assertEquals(targets(ENGLISH, "README.zh-CN.md"), targets(CHINESE, "README.md"));
  }

  private static List<String> commands(Path page) throws IOException {
    return ShellCommand.read(page).stream().map(ShellCommand::text).toList();
  }

  private static List<String> manifests(Path page) throws IOException {
    return MANIFEST.matcher(Files.readString(page)).results().map(it -> it.group(1)).toList();
  }

  private static long sections(Path page) throws IOException {
    return Files.readAllLines(page).stream().filter(line -> line.startsWith("## ")).count();
  }

  /** Links to files, without {@code other}, the translation itself. */
  private static Set<String> targets(Path page, String other) throws IOException {
    Set<String> targets = new TreeSet<>();
    for (Markdown.Link link : Markdown.read(page).links()) {
      if (!link.target().startsWith("#") && !link.target().equals(other)) {
        targets.add(link.target());
      }
    }
    return targets;
  }
}
