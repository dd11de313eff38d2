package dev.acktask.operator.alibaba;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.acktask.operator.alibaba.credentials.Credential;
import dev.acktask.operator.alibaba.credentials.CredentialLookup;
import dev.acktask.operator.alibaba.credentials.CredentialProvider;
import dev.acktask.operator.alibaba.credentials.CredentialSelection;
import dev.acktask.operator.alibaba.credentials.CredentialSelection.Misconfigured;
import dev.acktask.operator.alibaba.credentials.CredentialSelection.Selected;
import dev.acktask.operator.proxy.ProxyPolicy;
import dev.acktask.operator.tls.TrustedAuthorities;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Selects the source of credentials for an environment and a home directory. */
public record Selections(Path home) {
  public CredentialSelection select(Map<String, String> env) {
    return CredentialProvider.fromEnvironment(env, home);
  }

  public Selected selected(Map<String, String> env) {
    CredentialSelection selection = select(env);
    return assertInstanceOf(Selected.class, selection, selection::toString);
  }

  public String onlyProblem(Map<String, String> env) {
    CredentialSelection selection = select(env);
    List<String> problems =
        assertInstanceOf(Misconfigured.class, selection, selection::toString).problems();
    assertEquals(1, problems.size(), problems::toString);
    return problems.get(0);
  }

  public static Credential credential(Selected selected) {
    return assertInstanceOf(CredentialLookup.Ready.class, lookup(selected)).credential();
  }

  public static CredentialLookup lookup(Selected selected) {
    try (CloudTransport transport =
        new CloudTransport(
            Duration.ofSeconds(5),
            Answer.MAX_BYTES,
            TrustedAuthorities.ofJdk()::context,
            ProxyPolicy.DIRECT)) {
      return selected.connect().apply(transport).current();
    }
  }

  public static Map<String, String> with(Map<String, String> env, String name, String value) {
    Map<String, String> more = new HashMap<>(env);
    more.put(name, value);
    return more;
  }
}
