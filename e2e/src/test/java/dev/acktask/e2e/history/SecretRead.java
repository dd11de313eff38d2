package dev.acktask.e2e.history;

/**
 * The operator asked the API server for a Secret.
 *
 * @param name empty when it asked for several
 */
public record SecretRead(String verb, String namespace, String name) {
  @Override
  public String toString() {
    return verb + " " + namespace + "/" + (name.isEmpty() ? "*" : name);
  }
}
