package dev.acktask.simulator.account;

import dev.acktask.simulator.oidc.IssuerKeys;
import dev.acktask.simulator.oidc.OidcProvider;
import dev.acktask.simulator.script.DurationText;
import dev.acktask.simulator.signature.Credential;
import dev.acktask.simulator.yaml.YamlException;
import dev.acktask.simulator.yaml.YamlMapping;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Parses an accounts file; an error is one message with its cause and position. */
public final class AccountsParser {
  private final Path folder;
  private final Set<String> accountIds = new HashSet<>();
  private final Set<String> keyIds = new HashSet<>();

  private AccountsParser(Path folder) {
    this.folder = folder;
  }

  /**
   * Parses one file.
   *
   * @param source the file's name, for messages
   * @param folder the paths in the file are relative to it
   * @throws YamlException when the file is wrong
   */
  public static AccountsConfig parse(String source, String yaml, Path folder) {
    YamlMapping file = YamlMapping.parse(source, yaml);
    file.knowing(List.of("defaultRegion", "sessionLifetime", "accounts"));
    AccountsParser parser = new AccountsParser(folder);
    List<Account> accounts = new ArrayList<>();
    for (YamlMapping account : file.children("accounts")) {
      accounts.add(parser.account(account));
    }
    if (accounts.isEmpty()) {
      throw file.fail("'accounts' needs at least one account");
    }
    return new AccountsConfig(
        accounts,
        file.has("defaultRegion")
            ? Optional.of(RegionParser.id(file, "defaultRegion"))
            : Optional.empty(),
        duration(file, "sessionLifetime"));
  }

  private Account account(YamlMapping node) {
    node.knowing(List.of("id", "throttle", "keys", "oidcProviders", "roles", "regions"));
    String id = node.text("id");
    if (!Account.ID.matcher(id).matches()) {
      throw node.fail("'id' is '" + id + "', expected 16 digits; invent them");
    }
    if (id.equals(Account.DEFAULT_ID)) {
      throw node.fail("'id' is '" + id + "', the default account; expected another id");
    }
    unique(accountIds, node, "account", id);
    Account.Builder account = Account.builder(id);
    duration(node, "throttle").ifPresent(account::throttle);
    node.children("keys").forEach(key -> account.key(key(key)));
    Set<String> providers = new HashSet<>();
    for (YamlMapping provider : node.children("oidcProviders")) {
      unique(providers, provider, "OIDC provider", provider.text("name"));
      account.provider(provider(provider));
    }
    Set<String> roles = new HashSet<>();
    for (YamlMapping role : node.children("roles")) {
      unique(roles, role, "role", role.text("name"));
      account.role(new RoleParser(id, providers).role(role));
    }
    Set<String> regions = new HashSet<>();
    for (YamlMapping region : node.children("regions")) {
      unique(regions, region, "region", region.text("id"));
      account.region(new RegionParser(folder).region(region));
    }
    return account.build();
  }

  private AccessKey key(YamlMapping node) {
    node.knowing(List.of("id", "secret", "may", "disabled"));
    unique(keyIds, node, "key", node.text("id"));
    return AccessKey.of(Credential.of(node.text("id"), node.text("secret")))
        .permitting(RoleParser.permitted(node))
        .enabled(!node.flag("disabled"));
  }

  private OidcProvider provider(YamlMapping node) {
    node.knowing(List.of("name", "issuer", "jwks"));
    OidcProvider provider = OidcProvider.of(RoleParser.name(node, "name"), node.text("issuer"));
    return node.optionalText("jwks")
        .map(file -> provider.withKeys(issuerKeys(node, folder.resolve(file))))
        .orElse(provider);
  }

  private static IssuerKeys issuerKeys(YamlMapping node, Path file) {
    try {
      return IssuerKeys.parse(AccountsFile.text(file));
    } catch (IllegalArgumentException e) {
      throw node.fail(
          "'jwks' is "
              + file
              + ", "
              + e.getMessage()
              + "; expected what a Kubernetes API server serves at /openid/v1/jwks");
    }
  }

  private static Optional<Duration> duration(YamlMapping node, String key) {
    return node.has(key) ? Optional.of(DurationText.in(node, key)) : Optional.empty();
  }

  private static void unique(Set<String> names, YamlMapping node, String kind, String name) {
    if (!names.add(name)) {
      throw node.fail("the " + kind + " '" + name + "' is given twice");
    }
  }
}
