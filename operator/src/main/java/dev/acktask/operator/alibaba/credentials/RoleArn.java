package dev.acktask.operator.alibaba.credentials;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The resource names of RAM roles and of their sessions. */
public final class RoleArn {
  private static final Pattern ROLE = Pattern.compile("acs:ram::([0-9]{1,20}):role/[^\\s/]+");

  /**
   * STS documents the first form, {@code acs:ram::…:role/…}; other vendor tools show the second.
   */
  private static final Pattern SESSION =
      Pattern.compile("acs:(?:ram::([0-9]{1,20}):role|sts::([0-9]{1,20}):assumed-role)/\\S+");

  private RoleArn() {}

  /**
   * The account of a role, known before any call.
   *
   * @param roleArn {@code acs:ram::<account>:role/<role>}; empty for any other text
   */
  public static Optional<String> accountId(String roleArn) {
    Matcher role = ROLE.matcher(roleArn);
    return role.matches() ? Optional.of(role.group(1)) : Optional.empty();
  }

  /** The account in {@code AssumedRoleUser.Arn} of an answer of STS; empty for any other text. */
  static Optional<String> accountIdOfSession(String arn) {
    Matcher session = SESSION.matcher(arn);
    return session.matches()
        ? Optional.of(session.group(1) != null ? session.group(1) : session.group(2))
        : Optional.empty();
  }
}
