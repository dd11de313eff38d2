package dev.acktask.simulator.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.simulator.account.Account;
import dev.acktask.simulator.account.AccountsConfig;
import dev.acktask.simulator.account.AccountsFile;
import dev.acktask.simulator.oidc.TokenIssuer;
import dev.acktask.simulator.operation.Operation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page about accounts: every example is an accounts file that works. */
class SimulatorPageTest {
  private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path folder;

  private String page = "";

  @BeforeEach
  void read() throws Exception {
    page = Files.readString(Path.of("..", "docs", "simulator.md"));
    Files.writeString(folder.resolve("jwks.json"), new TokenIssuer("key-1").jwks());
  }

  private List<AccountsConfig> examples() throws Exception {
    List<AccountsConfig> examples = new ArrayList<>();
    Matcher example = EXAMPLE.matcher(page);
    while (example.find()) {
      Path file = folder.resolve("example-" + examples.size() + ".yaml");
      examples.add(AccountsFile.load(Files.writeString(file, example.group(1))));
    }
    return examples;
  }

  @Test
  void shouldHaveExamplesThatAreAccountsFiles() throws Exception {
    assertEquals(3, examples().size());
  }

  @Test
  void shouldDescribeTwoAccountsAndTwoRegions() throws Exception {
    List<Account> accounts = examples().get(0).accounts();
    assertEquals(2, accounts.size());
    assertEquals(2, accounts.get(0).regions().size());
  }

  @Test
  void shouldUseTheNamesOfTheExampleInItsCommands() throws Exception {
    Account shop = examples().get(0).accounts().get(0);
    Account platform = examples().get(0).accounts().get(1);
    assertTrue(page.contains("Credential=" + shop.keys().get(0).id() + ","));
    assertTrue(page.contains("/tasks/" + shop.regions().get(0).tasks().get(0).taskId()));
    assertTrue(page.contains("RoleArn=" + platform.roleArn(platform.roles().get(0).name())));
    assertTrue(
        page.contains(
            "OIDCProviderArn=" + platform.providerArn(platform.providers().get(0).name())));
  }

  @Test
  void shouldNameEveryOperationThatCanBePermitted() {
    for (String operation : Operation.names(Operation.permissible())) {
      assertTrue(page.contains("`" + operation + "`"), operation);
    }
  }
}
