package dev.acktask.operator.alibaba;

import java.nio.file.Path;
import java.util.Map;

record EnvironmentCredentials(Map<String, String> env, Path home) {
  CredentialSelection select() {
    return new CredentialSelection.NotConfigured("");
  }
}
