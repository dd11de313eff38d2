package dev.acktask.operator.alibaba;

import com.aliyun.credentials.models.CredentialModel;
import com.aliyun.credentials.provider.AlibabaCloudCredentialsProvider;
import com.aliyun.credentials.provider.OIDCRoleArnCredentialProvider;
import com.aliyun.credentials.provider.RamRoleArnCredentialProvider;
import com.aliyun.credentials.provider.StaticCredentialsProvider;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Builds the identity that one profile describes, with the vendor's provider for its kind. Never
 * the worker node's role, and never a guess from the environment: every setting the library would
 * otherwise look up there is given.
 */
final class ProfileIdentity {
  /** An identity that cannot be built; the message is for the person who wrote the profile. */
  static final class UnusableProfileException extends Exception {
    UnusableProfileException(String message) {
      super(message);
    }
  }

  private final ProfileFiles file;
  private final Function<Supplier<StsAnswer>, CredentialSource> sessions;

  /**
   * Reads {@code file}.
   *
   * @param sessions makes a source of a repeatable STS call
   */
  ProfileIdentity(ProfileFiles file, Function<Supplier<StsAnswer>, CredentialSource> sessions) {
    this.file = file;
    this.sessions = sessions;
  }

  CredentialSource source(String name) throws UnusableProfileException {
    Map<String, String> profile = profile(name);
    return switch (provider(name, new HashSet<>())) {
      case OIDCRoleArnCredentialProvider oidc ->
          sessions.apply(
              new StsCall(
                  oidc::createCredential,
                  oidc.getRoleArn(),
                  Path.of(setting(profile, "oidc_token_file"))));
      case RamRoleArnCredentialProvider role ->
          sessions.apply(new StsCall(role::createCredential, role.getRoleArn(), null));
      case AlibabaCloudCredentialsProvider fixed -> fixed(fixed.getCredentials());
    };
  }

  private static CredentialSource fixed(CredentialModel key) {
    CredentialLookup credential =
        Credential.parse(key.getAccessKeyId(), key.getAccessKeySecret(), key.getSecurityToken());
    return () -> credential;
  }

  private Map<String, String> profile(String name) throws UnusableProfileException {
    Map<String, String> profile = file.profiles().get(name);
    if (profile == null) {
      throw new UnusableProfileException("has no (enabled) profile " + name);
    }
    return profile;
  }

  private AlibabaCloudCredentialsProvider provider(String name, Set<String> seen)
      throws UnusableProfileException {
    if (!seen.add(name)) {
      throw new UnusableProfileException("has profiles whose source_profile form a ring");
    }
    Map<String, String> profile = profile(name);
    String mode = profile.getOrDefault("mode", "AK");
    return switch (mode) {
      case "AK" -> key(profile, null);
      case "StsToken" -> key(profile, setting(profile, "sts_token"));
      case "OIDC" -> oidc(profile);
      case "RamRoleArn" -> role(profile, key(profile, null));
      case "ChainableRamRoleArn" ->
          role(profile, provider(setting(profile, "source_profile"), seen));
      case "EcsRamRole" ->
          throw new UnusableProfileException(
              "has a profile with the worker node's role, which the operator never uses, because"
                  + " every pod of the node has it; use RRSA or an access key");
      default ->
          throw new UnusableProfileException("has a profile with the unsupported mode " + mode);
    };
  }

  private static AlibabaCloudCredentialsProvider key(
      Map<String, String> profile, @Nullable String token) throws UnusableProfileException {
    CredentialModel.Builder key =
        CredentialModel.builder()
            .accessKeyId(setting(profile, "access_key_id"))
            .accessKeySecret(setting(profile, "access_key_secret"));
    return StaticCredentialsProvider.builder()
        .credential((token == null ? key : key.securityToken(token)).build())
        .build();
  }

  private static AlibabaCloudCredentialsProvider oidc(Map<String, String> profile)
      throws UnusableProfileException {
    return OIDCRoleArnCredentialProvider.builder()
        .roleArn(setting(profile, "ram_role_arn"))
        .oidcProviderArn(setting(profile, "oidc_provider_arn"))
        .oidcTokenFilePath(setting(profile, "oidc_token_file"))
        .roleSessionName(profile.getOrDefault("ram_session_name", "acktask-operator"))
        .policy(profile.get("policy"))
        .STSEndpoint(stsHost(profile))
        .build();
  }

  private static AlibabaCloudCredentialsProvider role(
      Map<String, String> profile, AlibabaCloudCredentialsProvider base)
      throws UnusableProfileException {
    return RamRoleArnCredentialProvider.builder()
        .credentialsProvider(base)
        .roleArn(setting(profile, "ram_role_arn"))
        .roleSessionName(profile.getOrDefault("ram_session_name", "acktask-operator"))
        .policy(profile.get("policy"))
        .externalId(profile.get("external_id"))
        .STSEndpoint(stsHost(profile))
        .build();
  }

  private static String stsHost(Map<String, String> profile) throws UnusableProfileException {
    boolean isVpc = Boolean.parseBoolean(profile.get("enable_vpc"));
    return StsEndpoint.of(profile.getOrDefault("sts_region", ""), isVpc)
        .orElseThrow(() -> new UnusableProfileException("has a profile with a bad sts_region"));
  }

  private static String setting(Map<String, String> profile, String name)
      throws UnusableProfileException {
    String value = profile.getOrDefault(name, "").strip();
    if (value.isEmpty()) {
      throw new UnusableProfileException("has a profile without " + name);
    }
    return value;
  }
}
