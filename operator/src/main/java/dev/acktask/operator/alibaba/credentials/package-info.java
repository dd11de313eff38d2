/**
 * Credentials: an access key from files, variables or a Secret, or a session of a role that STS
 * issues.
 *
 * <p>{@link dev.acktask.operator.alibaba.credentials.CredentialProvider} selects the operator's own
 * identity from its environment; {@link
 * dev.acktask.operator.alibaba.credentials.ConnectionCredentials} creates the provider of a
 * connection. No key, token or answer of STS is in a message, a log line or a text form.
 */
@NullMarked
package dev.acktask.operator.alibaba.credentials;

import org.jspecify.annotations.NullMarked;
