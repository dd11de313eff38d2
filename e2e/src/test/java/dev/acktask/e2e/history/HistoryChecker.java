package dev.acktask.e2e.history;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Checks a {@link History} against every {@link Invariant}. A pure function. */
public final class HistoryChecker {
  private final History history;
  private final List<Violation> violations = new ArrayList<>();

  private HistoryChecker(History history) {
    this.history = history;
  }

  /** Returns all violations. */
  public static List<Violation> check(History history) {
    HistoryChecker checker = new HistoryChecker(history);
    for (ObjectLife life : history.lives()) {
      checker.violations.addAll(StatusChecker.check(life, history));
    }
    checker.violations.addAll(WorkChecker.check(history));
    checker.violations.addAll(CreationChecker.check(history));
    checker.violations.addAll(GateChecker.check(history));
    checker.isolation();
    checker.secrecy();
    return List.copyOf(checker.violations);
  }

  private void isolation() {
    for (SecretRead read : history.secrets().reads()) {
      if (!history.secrets().named().contains(read.namespace() + "/" + read.name())) {
        report(Invariant.S7, read, "no object of that namespace names it");
      }
    }
  }

  private void secrecy() {
    for (String planted : history.output().canaries()) {
      for (String canary : List.of(planted, base64(planted))) {
        for (Map.Entry<String, String> text : history.output().texts().entrySet()) {
          if (text.getValue().contains(canary)) {
            report(Invariant.S8, text.getKey(), "contains a canary");
          }
        }
        for (ObjectVersion version : history.versions()) {
          if (version.status().toString().contains(canary)) {
            report(Invariant.S8, version, "a canary in the status");
          }
        }
      }
    }
  }

  /** As in the data of a Secret, also of a longer one: without the last, incomplete group. */
  private static String base64(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(Arrays.copyOf(bytes, bytes.length / 3 * 3));
  }

  private void report(Invariant invariant, Object where, String what) {
    violations.add(Violation.of(invariant, where, what));
  }
}
