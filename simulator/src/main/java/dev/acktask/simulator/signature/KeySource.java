package dev.acktask.simulator.signature;

import java.util.Optional;

/** All keys that can sign now. */
@FunctionalInterface
public interface KeySource {
  Optional<SigningKey> find(String accessKeyId);
}
