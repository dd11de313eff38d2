package dev.acktask.operator.alibaba.credentials;

/** Where the credential of a connection comes from, before any role is assumed with it. */
public sealed interface CredentialSource {
  /**
   * An access key in a Secret, with the keys {@code accessKeyId}, {@code accessKeySecret} and, for
   * a temporary one, {@code securityToken}.
   *
   * @param namespace that of the connection, or the operator's own; never one that a user chose
   */
  record Secret(String namespace, String name) implements CredentialSource {}

  /**
   * A role that STS lets a ServiceAccount assume with its token (AssumeRoleWithOIDC).
   *
   * @param namespace that of the connection
   * @param oidcProviderArn the OIDC provider of this cluster in the account of the role
   */
  record WorkloadIdentity(
      String namespace, String serviceAccountName, String roleArn, String oidcProviderArn)
      implements CredentialSource {}

  /** The operator's own identity, as its environment configures it. */
  record OperatorIdentity() implements CredentialSource {}
}
