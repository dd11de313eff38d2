package dev.acktask.operator.identity;

import java.util.Map;

/** Reads single Secrets by name; never lists or watches them. */
@FunctionalInterface
public interface SecretSource {
  /** The result of one read. Its text form holds no part of a Secret. */
  sealed interface SecretLookup {
    /**
     * The Secret exists.
     *
     * @param type for example {@code Opaque}
     * @param data decoded values by key
     */
    record Present(String type, Map<String, byte[]> data) implements SecretLookup {
      @Override
      public String toString() {
        return "Present[***]";
      }
    }

    /** There is no such Secret. */
    record NotFound() implements SecretLookup {}

    /** The operator may not read it. */
    record Forbidden() implements SecretLookup {}

    /** The API server gave no answer; an earlier result may still be right. */
    record Unavailable() implements SecretLookup {}
  }

  /** Reads the Secret; blocks for at most the timeout of a request. Never throws. */
  SecretLookup read(String namespace, String name);
}
