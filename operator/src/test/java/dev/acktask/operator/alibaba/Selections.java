package dev.acktask.operator.alibaba;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.acktask.operator.alibaba.CredentialSelection.Misconfigured;
import dev.acktask.operator.alibaba.CredentialSelection.Selected;
import dev.acktask.operator.proxy.ProxyPolicy;
import dev.acktask.operator.tls.TrustedAuthorities;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What comes of an environment with a given home directory. */
record Selections(Path home) {
  CredentialSelection select(Map<String, String> env) {
    return CredentialSource.fromEnvironment(env, home);
  }

  Selected selected(Map<String, String> env) {
    CredentialSelection selection = select(env);
    return assertInstanceOf(Selected.class, selection, selection::toString);
  }

  String onlyProblem(Map<String, String> env) {
    CredentialSelection selection = select(env);
    List<String> problems =
        assertInstanceOf(Misconfigured.class, selection, selection::toString).problems();
    assertEquals(1, problems.size(), problems::toString);
    return problems.get(0);
  }

  static Credential credential(Selected selected) {
    try (CloudTransport transport =
        new CloudTransport(
            Duration.ofSeconds(5),
            Answer.MAX_BYTES,
            TrustedAuthorities.ofJdk()::sockets,
            ProxyPolicy.DIRECT)) {
      return assertInstanceOf(
              CredentialLookup.Ready.class, selected.connect().apply(transport).current())
          .credential();
    }
  }

  static Map<String, String> with(Map<String, String> env, String name, String value) {
    Map<String, String> more = new HashMap<>(env);
    more.put(name, value);
    return more;
  }
}
