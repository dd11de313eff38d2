package dev.acktask.operator.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ShellCommandTest {
  @Test
  void shouldJoinContinuedLinesAndDropComments() {
    List<ShellCommand> commands =
        ShellCommand.parse(
            List.of(
                "```sh",
                "# first",
                "a \\",
                "  --b   c  # why",
                "d &&",
                "  e",
                "",
                "f '#1'",
                "```"));

    assertEquals(
        List.of(
            new ShellCommand(3, "a --b c"),
            new ShellCommand(5, "d && e"),
            new ShellCommand(8, "f '#1'")),
        commands);
  }

  @Test
  void shouldReadOnlyWhatIsBehindAPromptOfATranscript() {
    List<ShellCommand> commands =
        ShellCommand.parse(List.of("text", "```console", "$ kubectl get x", "NAME   AGE", "```"));

    assertEquals(List.of(new ShellCommand(3, "kubectl get x")), commands);
  }

  @Test
  void shouldDistinguishCommandsFromOutputWithoutALabel() {
    List<ShellCommand> commands =
        ShellCommand.parse(
            List.of(
                "```",
                "NAME   AGE",
                "kubectl   1d",
                "```",
                "```",
                "helm list",
                "```",
                "```yaml",
                "helm: a",
                "```"));

    assertEquals(List.of(new ShellCommand(6, "helm list")), commands);
  }
}
