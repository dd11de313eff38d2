package dev.acktask.operator.alibaba.credentials;

import dev.acktask.operator.alibaba.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * The identity with which a connection calls the cloud.
 *
 * @param connection kind, namespace and name in log lines, for example {@code AckConnection
 *     shop/eu}
 * @param role assumed with the credential of {@code source}; null for none
 * @param sts STS in the region and network of the connection
 */
public record ConnectionIdentity(
    String connection, CredentialSource source, @Nullable AssumedRole role, Endpoint sts) {}
