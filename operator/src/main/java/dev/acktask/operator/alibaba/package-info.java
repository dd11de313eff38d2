/**
 * The only adapter to the cloud.
 *
 * <p>The path of one call: {@link dev.acktask.operator.alibaba.AlibabaTaskClient} or {@link
 * dev.acktask.operator.alibaba.AlibabaListClient} describes it to {@code SignedCalls}, which takes
 * a credential from a {@link dev.acktask.operator.alibaba.credentials.CredentialProvider}. {@code
 * RequestSigner} signs for the {@link dev.acktask.operator.alibaba.Endpoint}, {@link
 * dev.acktask.operator.alibaba.CloudTransport} sends within one deadline and one size, {@code
 * TaskResponseReader} reads strictly ({@code ResponseDocument}: the verdict; {@code
 * TaskInfoReader}: the details), as does {@code ListResponseReader}, and {@code ErrorClassifier}
 * classifies errors. Failures of the network or the server are results, not exceptions. Nothing of
 * a request or an answer is logged.
 */
@NullMarked
package dev.acktask.operator.alibaba;

import org.jspecify.annotations.NullMarked;
