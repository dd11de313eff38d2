package dev.acktask.simulator.account;

import dev.acktask.simulator.operation.Operation;
import dev.acktask.simulator.script.DurationText;
import dev.acktask.simulator.yaml.YamlMapping;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Parses the roles of an account. */
final class RoleParser {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern SUBJECT =
      Pattern.compile("system:serviceaccount:[a-z0-9-]+:[a-z0-9.-]+");

  private final String accountId;
  private final Set<String> providers;

  /**
   * @param providers the names of the account's OIDC providers
   */
  RoleParser(String accountId, Set<String> providers) {
    this.accountId = accountId;
    this.providers = providers;
  }

  Role role(YamlMapping node) {
    node.knowing(List.of("name", "oidc", "trusts", "may", "maxSession", "refused"));
    Role role =
        Role.of(name(node, "name"))
            .permitting(permitted(node))
            .refused(node.flag("refused"))
            .trusting(node.child("trusts").map(RoleParser::principals).orElse(PrincipalTrust.NONE));
    if (node.has("maxSession")) {
      role = role.withMaxSession(DurationText.in(node, "maxSession"));
    }
    return node.child("oidc").map(this::oidc).map(role::trusting).orElse(role);
  }

  /** The operations at {@code may}; all when it is missing. */
  static Set<Operation> permitted(YamlMapping node) {
    if (!node.has("may")) {
      return Operation.permissible();
    }
    Set<Operation> permitted = EnumSet.noneOf(Operation.class);
    for (String action : node.texts("may")) {
      permitted.add(
          Operation.named(action)
              .filter(Operation.permissible()::contains)
              .orElseThrow(() -> node.fail(unknown(action))));
    }
    return permitted;
  }

  /** The name of a role or provider, as it may be in an ARN. */
  static String name(YamlMapping node, String key) {
    String name = node.text(key);
    if (!NAME.matcher(name).matches()) {
      throw node.fail("'" + key + "' is '" + name + "', expected " + NAME);
    }
    return name;
  }

  private OidcTrust oidc(YamlMapping node) {
    node.knowing(List.of("provider", "audience", "subjects"));
    String provider = node.text("provider");
    if (!providers.contains(provider)) {
      throw node.fail(
          "'provider' is '"
              + provider
              + "', expected one of this account's oidcProviders: "
              + YamlMapping.listed(providers));
    }
    List<String> subjects = node.texts("subjects");
    for (String subject : subjects) {
      if (!SUBJECT.matcher(subject).matches()) {
        throw node.fail(
            "'subjects' holds '"
                + subject
                + "', expected system:serviceaccount:<namespace>:<name>");
      }
    }
    if (subjects.isEmpty()) {
      throw node.fail("'subjects' is missing");
    }
    return new OidcTrust(
        RamArn.oidcProvider(accountId, provider),
        node.text("audience", OidcTrust.DEFAULT_AUDIENCE),
        subjects);
  }

  private static PrincipalTrust principals(YamlMapping node) {
    node.knowing(List.of("accounts", "roles", "externalId"));
    Set<String> accounts = new HashSet<>(node.texts("accounts"));
    for (String account : accounts) {
      if (!Account.ID.matcher(account).matches()) {
        throw node.fail("'accounts' holds '" + account + "', expected 16 digits");
      }
    }
    Set<String> roles = new HashSet<>(node.texts("roles"));
    for (String role : roles) {
      if (RamArn.parseRole(role).isEmpty()) {
        throw node.fail("'roles' holds '" + role + "', expected acs:ram::<account>:role/<name>");
      }
    }
    if (accounts.isEmpty() && roles.isEmpty()) {
      throw node.fail("needs 'accounts', 'roles' or both");
    }
    return new PrincipalTrust(accounts, roles, node.optionalText("externalId"));
  }

  private static String unknown(String action) {
    return "'may' holds '"
        + action
        + "', expected some of "
        + String.join(", ", Operation.names(Operation.permissible()));
  }
}
