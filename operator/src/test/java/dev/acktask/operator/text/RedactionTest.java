package dev.acktask.operator.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RedactionTest {
  private static final List<String> SECRETS =
      List.of("Canary7secret", "c4n4ryx", "Can!ary#7", "Q/ab+c7Zx==");

  @ParameterizedTest
  @Tag("F34")
  @ValueSource(
      strings = {
        "password=X",
        "login_password: X rest",
        "--accessKeySecret=X,x=1",
        "PASSWORD = X",
        "DB_PASS=X",
        "dbPass=X",
        "sk=X",
        "password := X",
        "password => X",
        "password -> X",
        "password='X'",
        "password='X",
        "password=\"a b X\"",
        "env[\"PASSWORD\"] = \"X\"",
        "password:\n  X",
        "password: |\n  line\n  X",
        "security_token=X&x=1",
        "AccountKey=X;EndpointSuffix=x",
        "otp: X",
        "token: Bearer X",
        "{\"login_password\":\"X\"}",
        "{\"auth\":\"X\"}",
        "{\"auth\" : \"X\"}",
        "{\"password\": \"a\\\"X\"}",
        "{\\\"password\\\":\\\"X\\\"}",
        "{\\\"password\\\":\\\"a\\\\\\\"X\\\"}",
        "{\"dockerconfigjson\":\"X\"}",
        "{\"ssh_key\":\"X\"}",
        "{\"credentials\": {\"a\": \"X\"}}",
        "{\"tokens\": [\"a\", \"X\"]}",
        "client-key-data: X",
        "kubeconfig: X",
        "tls_key: X",
        "pem=X",
        "session=X",
        "jwt: X",
        "script: X",
        "cloudInit: X",
        "user-data=X",
        "dsn: root:X@tcp(db:3306)/x",
        "jdbc_url=jdbc:mysql://db/x?user=a&password=X",
        "jdbc:mysql://db/x?user=a&password=X",
        "--token X",
        "--password X",
        "--password-stdin -p X",
        "-p X",
        "mysql -uroot -pX7c4n4ry",
        "curl -u user:X http://192.0.2.1",
        "kubeadm join --token X",
        "password X",
        "password is X",
        "password changed to X",
        "the new password of the user root is X",
        "password for root is: X",
        "token X7c4n4ry",
        "accessKeySecret X7c4n4ry",
        "<password>X</password>",
        "<password>X",
        "<ns:password type=\"a\">X</ns:password>",
        "<x password=\"X\"/>",
        "https://user:X@192.0.2.1/x",
        "https://x:X@example.com/x",
        "redis://:X@example.com:6379",
        "amqp://user:a/X@example.com",
        "user:X@tcp(db:3306)/x",
        "Authorization: Bearer X",
        "Authorization: Basic X",
        "Authorization: Digest username=\"a\", response=\"X\"",
        "authorization: ACS3-HMAC-SHA256 Credential=a,SignedHeaders=b,Signature=X",
        "curl -H 'Authorization: Bearer X' https://example.com",
        "Cookie: a=b; c=X",
        "sent bearer X7c4n4ry to x",
        "x-acs-security-token: X",
        "\u5bc6\u7801: X",
        "\u5bc6\u7801\uFF1AX",
        "\u5bc6\u7801\u662fX",
        "\u5bc6\u7801\u4e3a X",
        "\u60a8\u7684\u5bc6\u7801 X \u3002",
        "\u53e3\u4ee4=X",
        "\u8bbf\u95ee\u4ee4\u724c\uFF1AX",
        "\uFF30\uFF21\uFF33\uFF33\uFF37\uFF2F\uFF32\uFF24\uFF1DX",
        "contrase\u00f1a: X",
        "\u043f\u0430\u0440\u043e\u043b\u044c: X",
        "-----BEGIN RSA PRIVATE KEY-----\nX\n-----END RSA PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\nX",
        "PuTTY-User-Key-File-3: ssh-ed25519\nPrivate-Lines: 1\nX",
        "password=\"auth\":\"X\"",
        "bearer password X",
        "password -p X",
      })
  void shouldMaskSecretsInText(String text) {
    for (String secret : SECRETS) {
      String masked = Redaction.BUILT_IN.text(text.replace("X", secret));

      assertFalse(masked.contains(secret), masked);
      assertEquals(masked, Redaction.BUILT_IN.text(masked));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "node i-000000000000a001 was not drained within 8 minutes",
        "success to drain node i-000000000000a001",
        "the task T-000000000000000000000a01 is running",
        "cluster c0000000000000000000000000000000a: addon terway-eniip v1.15.1 installed",
        "upgrade from 1.32.1-aliyun.1 to 1.33.3-aliyun.1",
        "scale out nodepool np0000000000000000000000000000000a to 3 nodes",
        "instance ecs.g7.xlarge is out of stock in zone cn-hangzhou-h",
        "certificate /etc/kubernetes/pki/apiserver.crt expires in 30 days",
        "failed to pull"
            + " registry.example.com:5000/acs/pause@sha256:0123456789abcdef0123456789abcdef",
        "kubectl drain i-000000000000a001 --ignore-daemonsets --timeout 480s",
        "docker run -p 8080:80 x",
        "mkdir -p /var/lib/kubelet",
        "the password policy of the cluster was updated",
        "password policy of the user pool is missing",
        "the password must contain 8 to 30 characters",
        "password authentication failed for user root",
        "secret not found",
        "secret \"registry-login\" not found",
        "secrets is forbidden: User system:serviceaccount:x cannot list resource secrets",
        "the token is expired",
        "invalid token: expired",
        "the access key is disabled",
        "basic settings are fine",
        "basic auth is disabled",
        "Unauthorized: authentication required",
        "failed to authenticate: no such host",
        "pod kube-system/coredns: 1 passed, 0 failed",
        "exit status 1: error: unable to upgrade: etcd is not healthy",
        "taint key=value:NoSchedule is not tolerated",
        "session closed by peer",
        "the script finished with exit code 1",
        "ssh: connect to host 192.0.2.1 port 22: Connection timed out",
        "https://cs.cn-hangzhou.aliyuncs.com/tasks/T-1?x=1",
        "write to ops@example.com",
        "requestId: 00000000-0000-0000-0000-00000000000A",
        "time=2026-01-01T00:00:00Z level=info msg=done",
        "InvalidAccessKeyId.NotFound",
        "precheck result: pass=10 fail=0",
        "pass: 3, fail: 2",
        "auth: ok",
        "failed to fetch token: token expired",
        "kubectl -p flag is deprecated",
        "tar -x -p done",
        "docker run -p 53:53/udp x",
        "docker run -u 1000:1000 x",
        "failed calling webhook: Post \"https://10.0.0.1:443/validate\"",
        "failed calling webhook \"x.example.com\": failed to call webhook: Post"
            + " \"https://10.0.0.1:443/validate?timeout=10s\": context deadline exceeded",
        "secret x-y1 not found",
        "secret registry-login1 not found",
        "secret kube-system/registry-login1 not found",
        "secret \"registry-login1\" already exists",
        "secret(s) not found",
        "access key is required",
        "the api key is invalid",
        "private key file is missing",
        "password for user bob is expired",
        "failed to set password for user bob: permission denied",
        "password for bob must be changed",
        "password of node i-abc was rotated",
        "compass: north",
        "POST /apis/AckTask1/namespaces/KubeSystem/ListClusterNodes2",
        "\u5bc6\u7801\u9519\u8bef",
        "\u5bc6\u7801\u5df2\u66f4\u65b0",
        "\u5bc6\u7801\u7b56\u7565\u5df2\u66f4\u65b0\u4e3a\u6700\u65b0",
        "\u8282\u70b9\u6c60\u6269\u5bb9\u6210\u529f",
        "\u5bc6\u7801\u7b56\u7565\u5df2\u66f4\u65b0",
        "\u5bc6\u7801\u4e0d\u7b26\u5408\u8981\u6c42",
      })
  void shouldLeaveOrdinaryTextAlone(String text) {
    assertEquals(text, Redaction.BUILT_IN.text(text));
  }

  @Test
  void shouldMaskATokenBeforeTheHostOfAUrl() {
    assertEquals(
        "clone https://***@example.com/x",
        Redaction.BUILT_IN.text("clone https://c4n4ry@example.com/x"));
    assertEquals("https://example.com/x@v1", Redaction.BUILT_IN.text("https://example.com/x@v1"));
  }

  @Test
  void shouldMaskConfiguredNamesBesidesTheBuiltInOnes() {
    // given
    Redaction redaction = new Redaction(List.of("pin-code", "a.b"));

    // then
    assertEquals("Login_PIN-CODE=***", redaction.text("Login_PIN-CODE=c4n4ry"));
    assertEquals("{\"a.b\": ***}", redaction.text("{\"a.b\": \"c4n4ry\"}"));
    assertEquals("password=***", redaction.text("password=c4n4ry"));
    assertTrue(redaction.isSensitive("x.a.b"));
    assertFalse(redaction.isSensitive("aXb"));
    assertFalse(Redaction.BUILT_IN.isSensitive("pin-code"), "only when configured");
  }
}
