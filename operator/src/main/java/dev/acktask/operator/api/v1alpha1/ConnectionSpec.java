package dev.acktask.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The spec of an {@link AckConnection} or a {@link ClusterAckConnection}, as the user wrote it. An
 * older CRD may have accepted any value, so each value is checked before it is used.
 *
 * @param regionId region of the tasks; null only where the CRD does not require it
 * @param network {@link #PUBLIC} (also when null) or {@link #VPC}
 * @param credentials null for the operator's own identity, which only the cluster kind may use
 * @param assumeRole role that the identity assumes, for tasks of another account
 * @param requestsPerMinute request budget; null for {@link #DEFAULT_REQUESTS_PER_MINUTE}
 * @param burst requests without a pause; null for {@link #DEFAULT_BURST}
 * @param allowedClusterIds clusters whose tasks may be mirrored; null or empty for all
 * @param allowedNamespaces namespaces whose AckTasks may use the connection; cluster kind only
 * @param suspend true stops all calls
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ConnectionSpec(
    @Nullable String regionId,
    @Nullable String network,
    @Nullable Credentials credentials,
    @Nullable AssumeRole assumeRole,
    @Nullable Integer requestsPerMinute,
    @Nullable Integer burst,
    @Nullable List<String> allowedClusterIds,
    @Nullable AllowedNamespaces allowedNamespaces,
    @Nullable Boolean suspend) {

  public static final String PUBLIC = "Public";
  public static final String VPC = "VPC";
  public static final int DEFAULT_REQUESTS_PER_MINUTE = 120;
  public static final int DEFAULT_BURST = 20;

  /** The empty spec. */
  public static final ConnectionSpec NOTHING = builder().build();

  /** True if no call may be made. */
  public boolean suspended() {
    return Boolean.TRUE.equals(suspend);
  }

  /** Exactly one of the two is set in a valid spec. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Credentials(
      @Nullable SecretRef secretRef, @Nullable WorkloadIdentity workloadIdentity) {}

  /**
   * A Secret in the namespace of the connection; for the cluster kind, in the operator's.
   *
   * <p>It has no namespace: no object causes a Secret of another namespace to be read.
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record SecretRef(@Nullable String name) {}

  /**
   * A ServiceAccount of the connection's namespace, with whose token STS issues a session.
   *
   * @param roleArn the role to assume
   * @param oidcProviderArn the OIDC provider of this cluster in the account of the role
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record WorkloadIdentity(
      @Nullable String serviceAccountName,
      @Nullable String roleArn,
      @Nullable String oidcProviderArn) {}

  /**
   * A role that the identity assumes.
   *
   * @param sessionName appears in ActionTrail; null for the operator's own name
   * @param externalId as the trust policy of the role demands it; null for none
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record AssumeRole(
      @Nullable String roleArn, @Nullable String sessionName, @Nullable String externalId) {}

  /**
   * Namespaces by name or by label, in the words of the Gateway API.
   *
   * @param from {@link #ALL} (also when null), {@link #SELECTOR} or {@link #NAMES}
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record AllowedNamespaces(
      @Nullable String from, @Nullable NamespaceSelector selector, @Nullable List<String> names) {
    public static final String ALL = "All";
    public static final String SELECTOR = "Selector";
    public static final String NAMES = "Names";
  }

  /** A {@code metav1.LabelSelector}. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record NamespaceSelector(
      @Nullable Map<String, String> matchLabels, @Nullable List<Expression> matchExpressions) {

    /**
     * One requirement.
     *
     * @param operator In, NotIn, Exists or DoesNotExist
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Expression(
        @Nullable String key, @Nullable String operator, @Nullable List<String> values) {}
  }

  /** A builder that sets nothing. */
  public static Builder builder() {
    return new Builder();
  }

  /** Builds a {@link ConnectionSpec} by the names of its components. */
  public static final class Builder {
    private @Nullable String regionId;
    private @Nullable String network;
    private @Nullable Credentials credentials;
    private @Nullable AssumeRole assumeRole;
    private @Nullable Integer requestsPerMinute;
    private @Nullable Integer burst;
    private @Nullable List<String> allowedClusterIds;
    private @Nullable AllowedNamespaces allowedNamespaces;
    private @Nullable Boolean suspend;

    private Builder() {}

    public Builder regionId(@Nullable String regionId) {
      this.regionId = regionId;
      return this;
    }

    public Builder network(@Nullable String network) {
      this.network = network;
      return this;
    }

    public Builder credentials(@Nullable Credentials credentials) {
      this.credentials = credentials;
      return this;
    }

    public Builder assumeRole(@Nullable AssumeRole assumeRole) {
      this.assumeRole = assumeRole;
      return this;
    }

    public Builder requestsPerMinute(@Nullable Integer requestsPerMinute) {
      this.requestsPerMinute = requestsPerMinute;
      return this;
    }

    public Builder burst(@Nullable Integer burst) {
      this.burst = burst;
      return this;
    }

    public Builder allowedClusterIds(@Nullable List<String> allowedClusterIds) {
      this.allowedClusterIds = allowedClusterIds;
      return this;
    }

    public Builder allowedNamespaces(@Nullable AllowedNamespaces allowedNamespaces) {
      this.allowedNamespaces = allowedNamespaces;
      return this;
    }

    public Builder suspend(@Nullable Boolean suspend) {
      this.suspend = suspend;
      return this;
    }

    public ConnectionSpec build() {
      return new ConnectionSpec(
          regionId,
          network,
          credentials,
          assumeRole,
          requestsPerMinute,
          burst,
          allowedClusterIds,
          allowedNamespaces,
          suspend);
    }
  }
}
