package dev.acktask.simulator.signature;

import java.util.Optional;

/**
 * A key that the simulator accepts.
 *
 * @param securityToken of a temporary (STS) key: requests must carry exactly this one
 */
public record Credential(
    String accessKeyId, String accessKeySecret, Optional<String> securityToken) {
  public static Credential of(String accessKeyId, String accessKeySecret) {
    return new Credential(accessKeyId, accessKeySecret, Optional.empty());
  }

  public static Credential sts(String accessKeyId, String accessKeySecret, String securityToken) {
    return new Credential(accessKeyId, accessKeySecret, Optional.of(securityToken));
  }

  @Override
  public String toString() {
    return "Credential[" + accessKeyId + ", ***]";
  }
}
