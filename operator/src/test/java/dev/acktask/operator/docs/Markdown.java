package dev.acktask.operator.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Links and anchors of one Markdown file. Supports the syntax that the pages of this repository
 * use.
 *
 * @param links targets as written, fences and code spans left out
 * @param anchors valid fragments, without the {@code #}
 */
record Markdown(List<Link> links, Set<String> anchors) {
  private static final Pattern FENCE = Pattern.compile("^\\s*(```|~~~)");
  private static final Pattern HEADING = Pattern.compile("^#{1,6}\\s+(.*?)\\s*#*\\s*$");
  private static final Pattern INLINE =
      Pattern.compile("\\]\\(<?([^)\\s>]+)>?(?:\\s+\"[^\"]*\")?\\)");
  private static final Pattern REFERENCE = Pattern.compile("^\\s{0,3}\\[[^\\]]+\\]:\\s*(\\S+)");
  private static final Pattern ID = Pattern.compile("<a (?:id|name)=\"([^\"]+)\"");
  private static final Pattern CODE = Pattern.compile("`[^`]*`");

  /** A link and the line that it is on. */
  record Link(int line, String target) {}

  static Markdown read(Path file) throws IOException {
    return parse(Files.readAllLines(file));
  }

  static Markdown parse(List<String> lines) {
    List<Link> links = new ArrayList<>();
    Set<String> anchors = new HashSet<>();
    Map<String, Integer> slugs = new HashMap<>();
    boolean inFence = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (FENCE.matcher(line).find()) {
        inFence = !inFence;
      } else if (!inFence) {
        Matcher heading = HEADING.matcher(line);
        if (heading.matches()) {
          String slug = slug(heading.group(1));
          int before = slugs.merge(slug, 1, Integer::sum) - 1;
          anchors.add(before == 0 ? slug : slug + "-" + before);
        }
        String prose = CODE.matcher(line).replaceAll("``");
        for (Pattern pattern : List.of(INLINE, REFERENCE)) {
          Matcher link = pattern.matcher(prose);
          while (link.find()) {
            links.add(new Link(i + 1, link.group(1)));
          }
        }
        Matcher id = ID.matcher(prose);
        while (id.find()) {
          anchors.add(id.group(1));
        }
      }
    }
    return new Markdown(links, anchors);
  }

  /** The anchor that GitHub gives to a heading. */
  static String slug(String heading) {
    return heading
        .replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}_ -]", "")
        .replace(' ', '-');
  }
}
