package dev.acktask.simulator.account;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a RAM resource: {@code acs:ram::<account>:role/<name>}.
 *
 * @param type {@code role} or {@code oidc-provider}
 */
public record RamArn(String accountId, String type, String name) {
  private static final Pattern SHAPE =
      Pattern.compile("acs:ram::(\\d{1,32}):(role|oidc-provider)/([A-Za-z0-9._-]{1,64})");
  private static final String ROLE = "role";
  private static final String OIDC_PROVIDER = "oidc-provider";

  public static RamArn role(String accountId, String name) {
    return new RamArn(accountId, ROLE, name);
  }

  public static RamArn oidcProvider(String accountId, String name) {
    return new RamArn(accountId, OIDC_PROVIDER, name);
  }

  public static Optional<RamArn> parseRole(String text) {
    return parse(text, ROLE);
  }

  public static Optional<RamArn> parseOidcProvider(String text) {
    return parse(text, OIDC_PROVIDER);
  }

  private static Optional<RamArn> parse(String text, String type) {
    Matcher matcher = SHAPE.matcher(text);
    return matcher.matches() && matcher.group(2).equals(type)
        ? Optional.of(new RamArn(matcher.group(1), type, matcher.group(3)))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return "acs:ram::" + accountId + ":" + type + "/" + name;
  }
}
