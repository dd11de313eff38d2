package dev.acktask.operator.alibaba;

import com.aliyun.credentials.http.CompatibleUrlConnClient;
import com.aliyun.credentials.models.CredentialModel;
import com.aliyun.credentials.provider.RefreshResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks STS for a session through the vendor's library, and tells failures apart without its texts.
 */
final class StsCall implements Supplier<StsAnswer> {
  private final Function<CompatibleUrlConnClient, RefreshResult<CredentialModel>> library;
  private final String roleArn;
  private final @Nullable Path tokenFile;

  /**
   * A call that can be repeated.
   *
   * @param library asks STS once, without a cache
   * @param roleArn the role of the session, for messages
   * @param tokenFile the pod's OIDC token, or null when an access key asks for the role
   */
  StsCall(
      Function<CompatibleUrlConnClient, RefreshResult<CredentialModel>> library,
      String roleArn,
      @Nullable Path tokenFile) {
    this.library = library;
    this.roleArn = roleArn;
    this.tokenFile = tokenFile;
  }

  @Override
  public StsAnswer get() {
    if (tokenFile != null && !hasContent(tokenFile)) {
      return new StsAnswer.NotIssued(
          new CredentialLookup.Missing(
              "The OIDC token file of the pod ("
                  + tokenFile
                  + ") is absent, empty or not readable. Check that ack-pod-identity-webhook"
                  + " injects it: label the namespace and annotate the service account, then"
                  + " restart the pod."));
    }
    try (StsExchange exchange = new StsExchange()) {
      return ask(exchange);
    }
  }

  private StsAnswer ask(StsExchange exchange) {
    try {
      CredentialModel model = library.apply(exchange).value();
      CredentialLookup credential =
          Credential.parse(
              model.getAccessKeyId(), model.getAccessKeySecret(), model.getSecurityToken());
      return credential instanceof CredentialLookup.Ready ready
          ? new StsAnswer.Issued(ready.credential(), Instant.ofEpochMilli(model.getExpiration()))
          : new StsAnswer.NotIssued(credential);
    } catch (RuntimeException e) {
      return new StsAnswer.NotIssued(reason(exchange.status(), exchange.error()));
    }
  }

  private CredentialLookup reason(int status, @Nullable ErrorBody error) {
    String told = ErrorClassifier.told(status, error);
    if (status >= 400 && status < 500) {
      return new CredentialLookup.Invalid(
          "Alibaba Cloud STS does not give out the role "
              + roleArn
              + " ("
              + told
              + "). Check that the role exists and that its trust policy names this "
              + (tokenFile == null
                  ? "access key's user."
                  : "cluster's OIDC provider, this service account and the audience"
                      + " sts.aliyuncs.com."));
    }
    return new CredentialLookup.Missing(
        status == 0
            ? "Alibaba Cloud STS could not be reached. Check egress from the pod to the STS endpoint"
                + " (ALIBABA_CLOUD_STS_REGION, ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED)."
            : "Alibaba Cloud STS gave no usable answer (" + told + "). It is asked again.");
  }

  private static boolean hasContent(Path file) {
    try {
      return Files.isReadable(file) && Files.size(file) > 0;
    } catch (IOException e) {
      return false;
    }
  }
}
