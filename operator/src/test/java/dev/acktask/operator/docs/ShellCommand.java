package dev.acktask.operator.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One command of a fenced shell block of a page.
 *
 * <p>A block is a shell block if it is labelled as one, or if it has no label and begins with a
 * program of this project's pages. In a transcript only the lines behind a prompt are commands.
 *
 * @param line of the page where the command begins, from 1
 * @param text without comments; continued lines are joined, runs of blanks are one
 */
record ShellCommand(int line, String text) {
  private static final Pattern FENCE = Pattern.compile("^\\s*(?:```|~~~)\\s*(\\S*)\\s*$");
  private static final Set<String> LABELS = Set.of("", "sh", "bash", "shell", "console");
  private static final Pattern COMMENT = Pattern.compile("(?:^|\\s)#\\s.*$");
  private static final Pattern CONTINUED = Pattern.compile("(?:\\\\|&&|\\|\\|?)\\s*$");
  private static final Pattern PROGRAM =
      Pattern.compile(
          "^(?:\\./|[A-Z][A-Z0-9_]*=|[a-z]+/[\\w.-]+\\.sh\\b|(?:ack-ram-tool|aliyun|amtool|cd"
              + "|cosign|cp|crane|curl|docker|export|for|gh|git|go|helm|java|jfr|jq|k9s|kind|kubectl"
              + "|mkdir|mvn|openssl|promtool|sha256sum|sudo|velero)\\s)");

  static List<ShellCommand> read(Path page) throws IOException {
    return parse(Files.readAllLines(page));
  }

  static List<ShellCommand> parse(List<String> lines) {
    List<ShellCommand> commands = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Matcher fence = FENCE.matcher(lines.get(i));
      if (fence.matches()) {
        int end = i + 1;
        while (end < lines.size() && !FENCE.matcher(lines.get(end)).matches()) {
          end++;
        }
        commands.addAll(block(fence.group(1), lines.subList(i + 1, end), i + 2));
        i = end;
      }
    }
    return commands;
  }

  private static List<ShellCommand> block(String label, List<String> lines, int first) {
    boolean isTranscript = lines.stream().anyMatch(line -> line.startsWith("$ "));
    boolean isShell =
        LABELS.contains(label)
            && (isTranscript
                || !label.isEmpty()
                || lines.stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .findFirst()
                    .filter(line -> PROGRAM.matcher(line).find())
                    .isPresent());
    List<ShellCommand> commands = new ArrayList<>();
    for (int i = 0; isShell && i < lines.size(); i++) {
      int begin = i;
      StringBuilder text = new StringBuilder(withoutComment(lines.get(i)));
      while (CONTINUED.matcher(text).find() && i + 1 < lines.size()) {
        String joined = text.toString().replaceAll("\\\\\\s*$", "");
        text.setLength(0);
        text.append(joined).append(' ').append(withoutComment(lines.get(++i)));
      }
      String command = text.toString().strip().replaceAll("\\s+", " ");
      if (isTranscript) {
        command = command.startsWith("$ ") ? command.substring(2) : "";
      }
      if (!command.isEmpty()) {
        commands.add(new ShellCommand(first + begin, command));
      }
    }
    return commands;
  }

  private static String withoutComment(String line) {
    return COMMENT.matcher(line).replaceFirst("");
  }
}
