package dev.acktask.operator.alibaba;

import com.aliyun.credentials.provider.OIDCRoleArnCredentialProvider;
import com.aliyun.credentials.provider.RamRoleArnCredentialProvider;
import com.aliyun.credentials.provider.SessionCredentialsProvider;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;

/**
 * Builds a credential source from the settings of one identity, with the vendor's provider for its
 * kind. Never the worker node's role, and never a guess from the environment: every setting the
 * library would otherwise look up there is given.
 *
 * @param settings by the names of the aliyun CLI's profiles
 * @param stsHost where sessions are asked for
 */
record Identity(Map<String, String> settings, String stsHost) {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /**
   * The source.
   *
   * @throws IllegalArgumentException with a sentence's end that says what the settings lack
   */
  CredentialSource source() {
    String mode = settings.getOrDefault("mode", "AK");
    return switch (mode) {
      case "AK" -> key("");
      case "StsToken" -> key(setting("sts_token"));
      case "OIDC" ->
          session(
              oidc(),
              "its trust policy names this cluster's OIDC provider, this service account and the"
                  + " audience sts.aliyuncs.com, that the pod has its OIDC token ("
                  + setting("oidc_token_file")
                  + ": the namespace is labelled and the service account annotated for"
                  + " ack-pod-identity-webhook)");
      case "RamRoleArn" -> session(role(), "its trust policy names this access key's user");
      case "EcsRamRole" ->
          throw new IllegalArgumentException(
              "is the worker node's role, which the operator never uses, because every pod of the"
                  + " node has it; use RRSA or an access key");
      default -> throw new IllegalArgumentException("has the unsupported mode " + mode);
    };
  }

  private CredentialSource key(String token) {
    CredentialLookup key =
        Credential.parse(setting("access_key_id"), setting("access_key_secret"), token);
    return () -> key;
  }

  private SessionCredentialsProvider oidc() {
    return OIDCRoleArnCredentialProvider.builder()
        .roleArn(setting("ram_role_arn"))
        .oidcProviderArn(setting("oidc_provider_arn"))
        .oidcTokenFilePath(setting("oidc_token_file"))
        .roleSessionName(sessionName())
        .policy(settings.get("policy"))
        .STSEndpoint(stsHost)
        .build();
  }

  private SessionCredentialsProvider role() {
    return RamRoleArnCredentialProvider.builder()
        .accessKeyId(setting("access_key_id"))
        .accessKeySecret(setting("access_key_secret"))
        .roleArn(setting("ram_role_arn"))
        .roleSessionName(sessionName())
        .policy(settings.get("policy"))
        .externalId(settings.get("external_id"))
        .STSEndpoint(stsHost)
        .build();
  }

  private String sessionName() {
    return settings.getOrDefault("ram_session_name", "acktask-operator");
  }

  private CredentialSource session(SessionCredentialsProvider provider, String trust) {
    String help =
        "Alibaba Cloud STS has given no session for the role "
            + setting("ram_role_arn")
            + ". Check that the role exists and "
            + trust
            + ", that "
            + stsHost
            + " can be reached from the pod, and the node's clock. It is asked again.";
    return new SessionCredentials(
        () -> provider.refreshCredentials().value(),
        help,
        InstantSource.system(),
        task -> Thread.ofPlatform().daemon().name("credential-renewal").start(task),
        new Random(),
        PATIENCE);
  }

  private String setting(String name) {
    String value = settings.getOrDefault(name, "").strip();
    if (value.isEmpty()) {
      throw new IllegalArgumentException("lacks " + name);
    }
    return value;
  }

  /** Names no secret. */
  @Override
  public String toString() {
    return "Identity[***]";
  }
}
