package dev.acktask.operator.alibaba.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.acktask.operator.identity.SecretSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Secrets in memory. Records each read. */
final class FakeSecrets implements SecretSource {
  private final Map<String, SecretLookup> secrets = new HashMap<>();
  private final List<String> reads = new ArrayList<>();
  private Optional<SecretLookup> every = Optional.empty();

  /** Creates or replaces a Secret with an access key. */
  void put(String namespace, String name, String accessKeyId, String accessKeySecret) {
    secrets.put(namespace + "/" + name, accessKey(accessKeyId, accessKeySecret));
  }

  static SecretLookup.Present accessKey(String accessKeyId, String accessKeySecret) {
    return new SecretLookup.Present(
        "Opaque",
        Map.of(
            "accessKeyId", accessKeyId.getBytes(UTF_8),
            "accessKeySecret", accessKeySecret.getBytes(UTF_8)));
  }

  void delete(String namespace, String name) {
    secrets.remove(namespace + "/" + name);
  }

  /** Answers each read with {@code lookup}, until {@link #recover}. */
  void answer(SecretLookup lookup) {
    every = Optional.of(lookup);
  }

  void recover() {
    every = Optional.empty();
  }

  @Override
  public SecretLookup read(String namespace, String name) {
    reads.add(namespace + "/" + name);
    return every.orElseGet(
        () -> secrets.getOrDefault(namespace + "/" + name, new SecretLookup.NotFound()));
  }

  List<String> reads() {
    return reads;
  }
}
