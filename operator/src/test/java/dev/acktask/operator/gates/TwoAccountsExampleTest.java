package dev.acktask.operator.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acktask.simulator.account.AccountsFile;
import dev.acktask.simulator.script.TaskScript;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The files of the example fit together; {@code TwoAccountsIT} applies them. */
final class TwoAccountsExampleTest {
  private static final Path FOLDER = Example.ROOT.resolve("08-two-accounts-three-teams");

  @Test
  void shouldPlayTheTaskOfEachTeamInTheSimulator() throws IOException {
    Set<String> mirrored = new TreeSet<>();
    for (JsonNode task : Example.all(FOLDER.resolve("tasks.yaml"))) {
      mirrored.add(task.at("/spec/taskId").asText());
    }
    Set<String> played =
        AccountsFile.load(FOLDER.resolve("rehearsal/accounts.yaml")).accounts().stream()
            .flatMap(account -> account.regions().stream())
            .flatMap(region -> region.tasks().stream())
            .map(TaskScript::taskId)
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(3, mirrored.size());
    assertEquals(mirrored, played);
  }

  @Test
  void shouldGrantTheOperatorExactlyWhatTheConnectionsName() throws IOException {
    for (String team : List.of("shop", "payments")) {
      List<JsonNode> objects = Example.all(FOLDER.resolve(team + ".yaml"));
      JsonNode credentials = only(objects, "AckConnection").at("/spec/credentials");
      String named =
          credentials.at("/secretRef/name").asText()
              + credentials.at("/workloadIdentity/serviceAccountName").asText();

      JsonNode rules = only(objects, "Role").path("rules");
      assertEquals(1, rules.size(), team);
      assertEquals("[\"" + named + "\"]", rules.at("/0/resourceNames").toString());
    }
  }

  private static JsonNode only(List<JsonNode> objects, String kind) {
    List<JsonNode> found =
        objects.stream().filter(object -> object.path("kind").asText().equals(kind)).toList();
    assertEquals(1, found.size(), kind);
    return found.get(0);
  }
}
