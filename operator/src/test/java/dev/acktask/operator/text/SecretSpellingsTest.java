package dev.acktask.operator.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of several words, sentences and command lines that carry a secret. */
final class SecretSpellingsTest {
  private static final List<String> SECRETS =
      List.of("Canary7secret", "c4n4ryx", "Can!ary#7", "Q/ab+c7Zx==");

  @ParameterizedTest
  @Tag("F34")
  @ValueSource(
      strings = {
        "api key: X",
        "API Key is X",
        "access key: X",
        "secret key: X",
        "private key: X",
        "secret access key is X",
        "host key: X",
        "\u767b\u5f55\u5bc6\u7801\u5df2\u91cd\u7f6e\u4e3a X",
        "\u5bc6\u7801\u5df2\u8bbe\u7f6e\u4e3a X",
        "\u5bc6\u7801\u91cd\u7f6e\u4e3aX",
        "\u7528\u6237\u5bc6\u7801\u88ab\u4fee\u6539\u4e3aX",
        "\u5bc6\u7801\u66f4\u65b0\u6210\uff1aX",
        "\u521d\u59cb\u5bc6\u7801 \u4e3a X",
        "\u5bc6\u7801 \u5df2\u7ecf\u6539\u5230 X",
        "the pwd is X",
        "pwd X",
        "pass X",
        "otp X",
        "db_pass X",
        "userpwd: X",
        "rootpwd=X",
        "mypwd=X",
        "dbpass=X",
        "rootpass: X",
        "mysqlpw=X",
        "<add key=\"password\" value=\"X\"/>",
        "<property name=\"password\">X</property>",
        "<entry key='secret'>X</entry>",
        "{\"name\":\"DB_PASSWORD\",\"value\":\"X\"}",
        "name: DB_PASSWORD\n  value: X",
        "password for root@10.0.0.1 is X",
        "password of node i-abc is X",
        "password of node i-abc: X",
        "password will be X",
        "password should be X",
        "mysql -pX",
        "mysql -h 192.0.2.1 -u root -pX",
        "sshpass -pX",
        "sshpass -p X",
        "docker login -u a -p 'X'",
        "curl -uadmin:X",
        "curl --user=admin:X",
        "echo root:X | chpasswd",
        "echo \"root:X\" | sudo chpasswd",
        "chpasswd <<< root:X",
        "IDENTIFIED BY 'X'",
        "identified with mysql_native_password by 'X'",
        "password(X)",
        "password('X')",
        "password|X",
        "password,X",
        "password / X",
        "password - X",
        "Passwort ist X",
        "mot de passe est X",
        "password (for root) X",
        "password (X)",
        "webhook: https://example.com/X",
        "https://hooks.slack.com/services/X"
      })
  void shouldMaskSecretsInMoreSpellings(String text) {
    for (String secret : SECRETS) {
      String masked = Redaction.BUILT_IN.text(text.replace("X", secret));

      assertFalse(masked.contains(secret), masked);
      assertEquals(masked, Redaction.BUILT_IN.text(masked));
    }
  }

  /** Secrets that are not random: only the surrounding text identifies them. */
  @ParameterizedTest
  @Tag("F34")
  @ValueSource(
      strings = {
        "password / X",
        "Passwort ist X",
        "\u521d\u59cb\u5bc6\u7801 \u4e3a X",
        "password (for root) X",
        "password will be X",
        "password for root@192.0.2.1 is X",
        "the pwd is X",
        "mysql -pX",
        "sshpass -pX",
        "sshpass -p X",
        "docker login -u a -p X",
        "curl -uadmin:X",
        "curl --user=admin:X",
        "echo root:X | chpasswd",
        "IDENTIFIED BY 'X'",
        "password(X)",
        "api key: X",
        "dbpass=X",
        "<add key=\"password\" value=\"X\"/>",
        "<property name=\"password\">X</property>"
      })
  void shouldMaskWordsIdentifiedByTheirContext(String text) {
    String masked = Redaction.BUILT_IN.text(text.replace("X", "hunter"));

    assertFalse(masked.contains("hunter"), masked);
    assertEquals(masked, Redaction.BUILT_IN.text(masked));
  }

  @ParameterizedTest
  @Tag("F34")
  @ValueSource(
      strings = {
        "otp 123456",
        "the otp is 123456",
        "key: wJ0lrXUtnFE0I/K7MDENG/bPxRf0CYEXAMPLEKEY",
        "wJ0lrXUtnFE0I/K7MDENG/bPxRf0CYEXAMPLEKEY was refused",
        "key: wJ0lrXUtn+E0I/K7MDENG+bPxRf0CYEXAMPLEKEY",
        "secret access key is wJ0lrX/K7X",
      })
  void shouldMaskCodesAndKeys(String text) {
    String masked = Redaction.BUILT_IN.text(text);

    assertFalse(masked.matches(".*(123456|K7).*"), masked);
    assertEquals(masked, Redaction.BUILT_IN.text(masked));
  }
}
