package dev.acktask.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Reference to a connection.
 *
 * @param kind {@link AckConnection#KIND}, in the namespace of the AckTask, or {@link
 *     ClusterAckConnection#KIND}; null only where the CRD does not require it
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ConnectionRef(@Nullable String kind, @Nullable String name) {}
