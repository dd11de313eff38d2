package dev.acktask.operator.alibaba;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The STS host that the environment asks for. The webhook that injects RRSA also names a host,
 * which the vendor's Java library ignores; pods without a way to the internet need it.
 */
final class StsEndpoint {
  private static final String CENTRAL = "sts.aliyuncs.com";
  private static final Pattern REGION = Pattern.compile("[a-z0-9-]{2,64}");
  private static final Pattern HOST =
      Pattern.compile("sts(-vpc)?(\\.[a-z0-9-]{2,64})?\\.aliyuncs\\.com");

  private StsEndpoint() {}

  /** The host, or empty when what is configured is not one of Alibaba Cloud's. */
  static Optional<String> from(Map<String, String> env) {
    String region = env.getOrDefault("ALIBABA_CLOUD_STS_REGION", "");
    if (!region.isEmpty()) {
      boolean isVpc = Boolean.parseBoolean(env.get("ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED"));
      return of(region, isVpc);
    }
    String host = env.getOrDefault("ALIBABA_CLOUD_STS_ENDPOINT", "");
    if (host.isEmpty()) {
      return Optional.of(CENTRAL);
    }
    return HOST.matcher(host).matches() ? Optional.of(host) : Optional.empty();
  }

  /** The regional host; an empty region means the central one. */
  static Optional<String> of(String region, boolean isVpc) {
    if (region.isEmpty()) {
      return Optional.of(CENTRAL);
    }
    return REGION.matcher(region).matches()
        ? Optional.of((isVpc ? "sts-vpc." : "sts.") + region + ".aliyuncs.com")
        : Optional.empty();
  }
}
