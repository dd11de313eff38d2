package dev.acktask.operator.alibaba.credentials;

import org.jspecify.annotations.Nullable;

/**
 * A role that an identity assumes, usually in another account.
 *
 * @param roleArn {@code acs:ram::<account>:role/<role>}
 * @param sessionName appears in ActionTrail
 * @param externalId as the trust policy of the role demands it; null for none
 */
public record AssumedRole(String roleArn, String sessionName, @Nullable String externalId) {
  static final String DEFAULT_SESSION_NAME = "acktask-operator";

  /**
   * A role.
   *
   * @param sessionName null or blank for {@value #DEFAULT_SESSION_NAME}
   * @param externalId null or blank for none
   */
  public static AssumedRole of(
      String roleArn, @Nullable String sessionName, @Nullable String externalId) {
    return new AssumedRole(
        roleArn,
        sessionName == null || sessionName.isBlank() ? DEFAULT_SESSION_NAME : sessionName,
        externalId == null || externalId.isBlank() ? null : externalId);
  }

  /** Without the external id, which some treat as a password. */
  @Override
  public String toString() {
    return "AssumedRole[" + roleArn + "]";
  }
}
