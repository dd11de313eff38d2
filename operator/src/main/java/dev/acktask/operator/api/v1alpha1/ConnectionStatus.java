package dev.acktask.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a connection works, from its real calls. There are no calls for the status alone.
 *
 * @param identity the kind of identity, one of the constants; never a key
 * @param account id of the account, where an answer of STS names it
 * @param conditions Ready and Throttled
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ConnectionStatus(
    @Nullable Long observedGeneration,
    @Nullable String identity,
    @Nullable String account,
    @Nullable Tasks tasks,
    List<Condition> conditions) {

  /** An access key in a Secret. */
  public static final String SECRET = "Secret";

  /** A session by the token of a ServiceAccount. */
  public static final String WORKLOAD_IDENTITY = "WorkloadIdentity";

  /** The operator's own role. */
  public static final String OPERATOR_ROLE = "OperatorRole";

  /** The operator's own access key. */
  public static final String ACCESS_KEY = "AccessKey";

  /** An absent list equals an empty one, because the API server does not store the difference. */
  public ConnectionStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }

  /** Number of AckTasks that use the connection. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Tasks(int total, int unfinished) {}
}
