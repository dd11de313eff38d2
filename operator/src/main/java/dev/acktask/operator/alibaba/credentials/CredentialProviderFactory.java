package dev.acktask.operator.alibaba.credentials;

import dev.acktask.operator.alibaba.AddressPolicy;
import dev.acktask.operator.alibaba.Endpoint;
import dev.acktask.operator.alibaba.credentials.CredentialSelection.Misconfigured;
import dev.acktask.operator.alibaba.credentials.CredentialSelection.NotConfigured;
import dev.acktask.operator.alibaba.credentials.CredentialSelection.Selected;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Selects the one identity that the environment configures. An incomplete or ambiguous
 * configuration is rejected: falling through to the next source would use an unintended identity.
 */
final class CredentialProviderFactory {
  private static final String DIRECTORY = "ACKTASK_CREDENTIALS_DIR";
  private static final String KEY_ID = "ALIBABA_CLOUD_ACCESS_KEY_ID";
  private static final String KEY_SECRET = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";
  private static final String TOKEN = "ALIBABA_CLOUD_SECURITY_TOKEN";
  private static final List<String> KEY = List.of(KEY_ID, KEY_SECRET, TOKEN);
  private static final String ROLE = "ALIBABA_CLOUD_ROLE_ARN";
  private static final String OIDC_PROVIDER = "ALIBABA_CLOUD_OIDC_PROVIDER_ARN";
  private static final String OIDC_TOKEN = "ALIBABA_CLOUD_OIDC_TOKEN_FILE";
  private static final List<String> RRSA = List.of(ROLE, OIDC_PROVIDER, OIDC_TOKEN);
  private static final String SESSION_NAME = "ALIBABA_CLOUD_ROLE_SESSION_NAME";
  private static final Pattern STS_HOST =
      Pattern.compile("sts(-vpc)?(\\.[a-z0-9-]{2,64})?\\.aliyuncs\\.com");

  /** Variables and files of the vendor's tools that name a profile. */
  private static final List<String> PROFILE_VARIABLES =
      List.of("ALIBABA_CLOUD_PROFILE", "ALIBABA_CLOUD_CREDENTIALS_FILE", "ALIBABACLOUD_PROFILE");

  private static final List<String> PROFILE_FILES =
      List.of(".aliyun/config.json", ".alibabacloud/credentials.ini", ".alibabacloud/credentials");

  private final Map<String, String> env;
  private final Path home;
  private final @Nullable Endpoint sts;

  /**
   * @param sts replaces the STS host of the environment; null in production
   */
  CredentialProviderFactory(Map<String, String> env, Path home, @Nullable Endpoint sts) {
    this.env = env;
    this.home = home;
    this.sts = sts;
  }

  CredentialSelection select() {
    boolean hasKey = KEY.stream().anyMatch(this::isSet);
    boolean hasRrsa = RRSA.stream().anyMatch(this::isSet);
    boolean hasDirectory = isSet(DIRECTORY);
    String missingOfKey = missing(List.of(KEY_ID, KEY_SECRET));
    String missingOfRrsa = missing(RRSA);
    List<String> problems = new ArrayList<>();
    if (hasKey && !missingOfKey.isEmpty()) {
      problems.add(
          "The access key in the environment is incomplete: set %s, or unset %s."
              .formatted(missingOfKey, present(KEY)));
    }
    if (hasRrsa && !missingOfRrsa.isEmpty()) {
      problems.add(
          ("RRSA is configured incompletely: %s missing. ack-pod-identity-webhook sets all of %s;"
                  + " check the label of the pod or namespace and the annotation of the service"
                  + " account.")
              .formatted(missingOfRrsa, String.join(", ", RRSA)));
    }
    if (Stream.of(hasKey, hasRrsa, hasDirectory).filter(has -> has).count() > 1
        && problems.isEmpty()) {
      problems.add(
          "Credentials are configured more than once, and only one can be meant: keep one of "
              + Stream.of(
                      hasDirectory ? DIRECTORY : "",
                      hasKey ? "the access key (" + present(KEY) + ")" : "",
                      hasRrsa ? "RRSA (" + present(RRSA) + ")" : "")
                  .filter(source -> !source.isEmpty())
                  .collect(Collectors.joining(" and "))
              + " and unset the others.");
    }
    if (!problems.isEmpty()) {
      return new Misconfigured(problems);
    }
    if (hasDirectory) {
      return directory();
    }
    return hasKey ? accessKey() : hasRrsa ? rrsa() : none();
  }

  private CredentialSelection directory() {
    try {
      Path directory = Path.of(value(DIRECTORY));
      return directory.isAbsolute()
          ? new Selected(
              transport -> new CredentialDirectory(directory), "files in " + directory, false)
          : misconfigured(
              DIRECTORY + " is not an absolute path, such as /etc/acktask/credentials.");
    } catch (InvalidPathException notAPath) {
      return misconfigured(DIRECTORY + " is not a path.");
    }
  }

  private CredentialSelection accessKey() {
    return switch (Credential.parse(env.get(KEY_ID), env.get(KEY_SECRET), env.get(TOKEN))) {
      case CredentialLookup.Ready ready ->
          new Selected(transport -> () -> ready, "access key in " + KEY_ID, false);
      case CredentialLookup.NotReady problem ->
          misconfigured(problem.message() + " It is read from " + present(KEY) + ".");
    };
  }

  private CredentialSelection rrsa() {
    String host = stsHost();
    if (!STS_HOST.matcher(host).matches()) {
      return misconfigured(
          "ALIBABA_CLOUD_STS_REGION or ALIBABA_CLOUD_STS_ENDPOINT does not name an STS host of"
              + " Alibaba Cloud, such as sts-vpc.cn-hangzhou.aliyuncs.com.");
    }
    try {
      OidcRole role =
          new OidcRole(
              value(ROLE),
              value(OIDC_PROVIDER),
              new TokenFile(Path.of(value(OIDC_TOKEN))),
              isSet(SESSION_NAME) ? value(SESSION_NAME) : AssumedRole.DEFAULT_SESSION_NAME);
      // In a VPC the name may resolve to a private address; TLS verifies the host.
      Endpoint endpoint =
          sts == null ? new Endpoint(URI.create("https://" + host), AddressPolicy.PRIVATE) : sts;
      return new Selected(
          transport ->
              new RoleSessions(transport, Timing.system()).withOidc(role, endpoint, "the operator"),
          "RRSA, role " + role.roleArn(),
          true);
    } catch (InvalidPathException notAPath) {
      return misconfigured(OIDC_TOKEN + " is not a path.");
    }
  }

  /**
   * The webhook that injects RRSA sets the host; pods without internet access need its VPC
   * endpoint.
   */
  private String stsHost() {
    String region = value("ALIBABA_CLOUD_STS_REGION");
    if (!region.isEmpty()) {
      boolean isVpc = Boolean.parseBoolean(value("ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED"));
      return (isVpc ? "sts-vpc." : "sts.") + region + ".aliyuncs.com";
    }
    String host = value("ALIBABA_CLOUD_STS_ENDPOINT");
    return host.isEmpty() ? "sts.aliyuncs.com" : host;
  }

  private CredentialSelection none() {
    String profiles =
        Stream.concat(
                PROFILE_VARIABLES.stream().filter(this::isSet),
                PROFILE_FILES.stream().map(home::resolve).filter(Files::exists).map(Path::toString))
            .collect(Collectors.joining(" and "));
    String message =
        ("The operator has no credentials. On ACK, use RRSA: check the label of the pod or"
                + " namespace and the annotation of the service account for ack-pod-identity-webhook."
                + " Elsewhere, set %s to a directory with the files accessKeyId and accessKeySecret,"
                + " or set %s and %s.")
            .formatted(DIRECTORY, KEY_ID, KEY_SECRET);
    return new NotConfigured(
        profiles.isEmpty() ? message : message + " Profiles are not read: " + profiles + ".");
  }

  private static Misconfigured misconfigured(String problem) {
    return new Misconfigured(List.of(problem));
  }

  private String missing(List<String> names) {
    return names.stream().filter(name -> !isSet(name)).collect(Collectors.joining(" and "));
  }

  private String present(List<String> names) {
    return names.stream().filter(this::isSet).collect(Collectors.joining(", "));
  }

  private boolean isSet(String name) {
    return !value(name).isEmpty();
  }

  private String value(String name) {
    return env.getOrDefault(name, "").strip();
  }
}
