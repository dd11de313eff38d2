package dev.acktask.operator.text;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SecretNamesTest {
  @Test
  void shouldDistinguishNamesOfSecretsFromOtherNames() {
    for (String name :
        List.of(
            "auth",
            "dockerconfigjson",
            "ssh_key",
            "tls_key",
            "pem",
            "dsn",
            "jdbc_url",
            "session",
            "jwt",
            "script",
            "cloudInit",
            "user_data",
            "Login_Password",
            "DB_PASS",
            "dbPwd",
            "userpwd",
            "dbpass",
            "mysqlpw",
            "sk",
            "accessKeySecret",
            "client-key-data",
            "kubeconfig",
            "SSHKey",
            "X-Auth-Token")) {
      assertTrue(Redaction.BUILT_IN.isSensitive(name), name);
    }
    for (String name :
        List.of(
            "author",
            "passed",
            "bypass",
            "compass",
            "task",
            "description",
            "permission",
            "sessions_count",
            "asking",
            "item",
            "node_name",
            "version",
            "signal",
            "subscription")) {
      assertFalse(Redaction.BUILT_IN.isSensitive(name), name);
    }
  }
}
