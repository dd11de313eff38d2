package dev.acktask.operator.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acktask.operator.api.v1alpha1.DiscoverySpec;
import dev.acktask.simulator.account.AccountsFile;
import dev.acktask.simulator.script.TaskScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The files of the example fit together; {@code AllClustersIT} applies them. */
final class AllClustersExampleTest {
  private static final Path FOLDER = Example.ROOT.resolve("09-all-clusters-of-a-region");
  private static final Pattern ROW = Pattern.compile("(?m)^(t-[0-9a-f]+) +(\\w+) ");

  @Test
  void shouldPrintEachTaskThatThePatternsSelect() throws IOException {
    // given
    Map<String, String> selected = new TreeMap<>();
    for (TaskScript task : played()) {
      if (DiscoverySpec.DEFAULT_EXCLUDED_TYPES.stream()
          .noneMatch(glob -> task.taskType().matches(glob.replace("*", ".*")))) {
        selected.put(task.taskId().toLowerCase(Locale.ROOT), task.taskType());
      }
    }

    // when
    Map<String, String> printed = new TreeMap<>();
    ROW.matcher(Files.readString(FOLDER.resolve("README.md")))
        .results()
        .forEach((MatchResult row) -> printed.put(row.group(1), row.group(2)));

    // then
    assertEquals(selected, printed);
    assertEquals(4, selected.size());
    assertEquals(5, played().size());
  }

  @Test
  void shouldListTheClustersOfTheRegionThatTheOperatorUses() throws IOException {
    JsonNode values = Example.one(FOLDER.resolve("operator/values.yaml"));
    JsonNode discovery = Example.one(FOLDER.resolve("discovery.yaml"));

    assertTrue(values.at("/discovery/enabled").asBoolean());
    assertTrue(discovery.at("/spec/clusters/all").asBoolean());
    assertEquals(
        List.of(values.get("region").asText()),
        AccountsFile.load(FOLDER.resolve("rehearsal/accounts.yaml")).accounts().stream()
            .flatMap(account -> account.regions().stream())
            .map(region -> region.id())
            .toList());
  }

  private static List<TaskScript> played() throws IOException {
    return AccountsFile.load(FOLDER.resolve("rehearsal/accounts.yaml")).accounts().stream()
        .flatMap(account -> account.regions().stream())
        .flatMap(region -> region.tasks().stream())
        .toList();
  }
}
