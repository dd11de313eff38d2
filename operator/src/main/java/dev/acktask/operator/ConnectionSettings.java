package dev.acktask.operator;

import dev.acktask.operator.alibaba.credentials.AssumedRole;
import dev.acktask.operator.alibaba.credentials.CredentialSource;
import dev.acktask.operator.alibaba.credentials.RoleArn;
import dev.acktask.operator.api.v1alpha1.ConnectionSpec;
import dev.acktask.operator.connection.ConnectionKey;
import dev.acktask.operator.task.RegionId;
import dev.acktask.operator.text.Parsed;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The checked spec of a connection. The schema of the CRD refuses the same, but an older one may be
 * installed, and what it let through must never mean another identity.
 *
 * @param role assumed with the credential of {@code source}; null for none
 * @param allowedClusterIds empty for all
 */
record ConnectionSettings(
    RegionId region,
    boolean isPublicNetwork,
    CredentialSource source,
    @Nullable AssumedRole role,
    Budget budget,
    Set<String> allowedClusterIds) {

  /** Limits of the requests. */
  record Budget(int requestsPerMinute, int burst) {
    private static final int MAX_REQUESTS_PER_MINUTE = 600_000;
    private static final int MAX_BURST = 10_000;
  }

  private static final RegionId NO_REGION = new RegionId("none"); // reported as a problem

  /**
   * Checks {@code spec}. A problem lacks only its subject, the connection.
   *
   * @param operatorNamespace where a ClusterAckConnection's Secret is
   */
  static Parsed<ConnectionSettings> parse(
      ConnectionKey key, ConnectionSpec spec, String operatorNamespace) {
    List<String> problems = new ArrayList<>();
    ConnectionSettings settings =
        new ConnectionSettings(
            region(spec, problems),
            isPublicNetwork(spec, problems),
            source(key, spec.credentials(), operatorNamespace, problems),
            role(spec.assumeRole(), problems),
            budget(spec, problems),
            Set.copyOf(Objects.requireNonNullElse(spec.allowedClusterIds(), List.of())));
    return problems.isEmpty() ? new Parsed.Valid<>(settings) : new Parsed.Invalid<>(problems);
  }

  /** The account of the credential, if a role names it; an access key does not. */
  Optional<String> account() {
    if (role != null) {
      return RoleArn.accountId(role.roleArn());
    }
    return source instanceof CredentialSource.WorkloadIdentity workload
        ? RoleArn.accountId(workload.roleArn())
        : Optional.empty();
  }

  private static RegionId region(ConnectionSpec spec, List<String> problems) {
    Optional<RegionId> region = RegionId.parse(text(spec.regionId()));
    if (region.isEmpty()) {
      problems.add("has no spec.regionId such as cn-hangzhou.");
    }
    return region.orElse(NO_REGION);
  }

  private static boolean isPublicNetwork(ConnectionSpec spec, List<String> problems) {
    return switch (Objects.requireNonNullElse(spec.network(), ConnectionSpec.PUBLIC)) {
      case ConnectionSpec.PUBLIC -> true;
      case ConnectionSpec.VPC -> false;
      default -> {
        problems.add("has a spec.network that is neither Public nor VPC.");
        yield true;
      }
    };
  }

  private static CredentialSource source(
      ConnectionKey key,
      ConnectionSpec.@Nullable Credentials credentials,
      String operatorNamespace,
      List<String> problems) {
    boolean isCluster = key.kind() == ConnectionKey.Kind.CLUSTER;
    if (credentials == null) {
      if (!isCluster) {
        problems.add(
            "has no spec.credentials; an AckConnection never uses the operator's own identity.");
      }
      return new CredentialSource.OperatorIdentity();
    }
    ConnectionSpec.SecretRef secret = credentials.secretRef();
    ConnectionSpec.WorkloadIdentity workload = credentials.workloadIdentity();
    if ((secret == null) == (workload == null)) {
      problems.add("needs exactly one of secretRef and workloadIdentity in spec.credentials.");
    } else if (secret != null) {
      String name = text(secret.name());
      if (name.isEmpty()) {
        problems.add("has no name in spec.credentials.secretRef.");
      }
      return new CredentialSource.Secret(isCluster ? operatorNamespace : key.namespace(), name);
    } else if (isCluster) {
      problems.add("cannot use spec.credentials.workloadIdentity; only an AckConnection can.");
    } else if (workload != null) {
      if (isEmpty(workload.serviceAccountName())
          || isEmpty(workload.oidcProviderArn())
          || RoleArn.accountId(text(workload.roleArn())).isEmpty()) {
        problems.add(
            "needs serviceAccountName, roleArn (acs:ram::<account>:role/<name>) and"
                + " oidcProviderArn in spec.credentials.workloadIdentity.");
      }
      return new CredentialSource.WorkloadIdentity(
          key.namespace(),
          text(workload.serviceAccountName()),
          text(workload.roleArn()),
          text(workload.oidcProviderArn()));
    }
    return new CredentialSource.OperatorIdentity(); // a problem was reported
  }

  private static @Nullable AssumedRole role(
      ConnectionSpec.@Nullable AssumeRole role, List<String> problems) {
    if (role == null) {
      return null;
    }
    String arn = text(role.roleArn());
    if (RoleArn.accountId(arn).isEmpty()) {
      problems.add("needs a roleArn such as acs:ram::<account>:role/<name> in spec.assumeRole.");
    }
    return AssumedRole.of(arn, role.sessionName(), role.externalId());
  }

  private static Budget budget(ConnectionSpec spec, List<String> problems) {
    int requests =
        Objects.requireNonNullElse(
            spec.requestsPerMinute(), ConnectionSpec.DEFAULT_REQUESTS_PER_MINUTE);
    int burst = Objects.requireNonNullElse(spec.burst(), ConnectionSpec.DEFAULT_BURST);
    if (requests < 1 || requests > Budget.MAX_REQUESTS_PER_MINUTE) {
      problems.add("has a spec.requestsPerMinute that is not from 1 to 600000.");
    }
    if (burst < 1 || burst > Budget.MAX_BURST) {
      problems.add("has a spec.burst that is not from 1 to 10000.");
    }
    return new Budget(requests, burst);
  }

  private static boolean isEmpty(@Nullable String text) {
    return text(text).isEmpty();
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
