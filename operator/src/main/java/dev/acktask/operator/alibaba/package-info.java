/**
 * The only adapter to the cloud.
 *
 * <p>The way of one call: {@link dev.acktask.operator.alibaba.AlibabaTaskClient} takes a credential
 * from a {@link dev.acktask.operator.alibaba.CredentialSource}, {@code SignedRequests} signs for
 * the {@link dev.acktask.operator.alibaba.Endpoint}, {@link
 * dev.acktask.operator.alibaba.CloudTransport} sends within one deadline and one size, {@code
 * AnswerReader} reads strictly ({@code AnswerDocument}: the verdict; {@code TaskFields}: the
 * details) and {@code ErrorClassifier} words what is not a task. Nothing here throws for what a
 * network or a server does, and nothing of a request or an answer is logged.
 */
@NullMarked
package dev.acktask.operator.alibaba;

import org.jspecify.annotations.NullMarked;
