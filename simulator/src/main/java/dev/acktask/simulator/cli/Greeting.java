package dev.acktask.simulator.cli;

import dev.acktask.simulator.account.AccessKey;
import dev.acktask.simulator.account.Account;
import dev.acktask.simulator.account.AccountsConfig;
import dev.acktask.simulator.account.Region;
import dev.acktask.simulator.script.DurationText;
import dev.acktask.simulator.script.TaskScript;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** The text printed once the simulator listens: endpoint, tasks, settings for the operator. */
record Greeting(
    URI endpoint, List<TaskScript> tasks, AccountsConfig accounts, SimulatorCommand settings) {
  private static final String ACCOUNT_ROW = "  %-17s %-17s %-9s %-6s %s%n";
  private static final String ROW = "  %-34s %-36s %-9s %s%n";
  private static final int MOST_ROWS = 20;

  void printTo(PrintWriter out) {
    out.printf(
        "ACK simulator at %s, signatures are %s%n%n",
        endpoint, settings.noVerify ? "not verified" : "verified");
    if (tasks.isEmpty() && accounts.accounts().isEmpty()) {
      out.println("No tasks: every read is answered with \"not found\". See --scripts.");
    } else if (!tasks.isEmpty()) {
      printTasks(out);
    }
    if (!accounts.accounts().isEmpty()) {
      printAccounts(out);
    }
    if (!settings.server.bind.isAnyLocalAddress()) {
      // Others know it by a name, and perhaps another port.
      printSettings(out);
    }
    out.flush();
  }

  /** With accounts the region of a request matters, and it comes from the host. */
  private void printSettings(PrintWriter out) {
    boolean hasAccounts = !accounts.accounts().isEmpty();
    boolean isTls = endpoint.getScheme().equals("https");
    String host = "{region}.localhost:" + endpoint.getPort() + "'";
    out.printf("%nPoint the operator at it:%n");
    if (hasAccounts) {
      out.println("  export ACKTASK_ENDPOINT_PUBLIC='" + endpoint.getScheme() + "://cs." + host);
      out.println(
          "  export ACKTASK_STS_ENDPOINT_PUBLIC='" + endpoint.getScheme() + "://sts." + host);
    } else {
      out.println("  export ACKTASK_ENDPOINT_PUBLIC=" + endpoint);
    }
    // It also allows the addresses of this machine, with TLS as well.
    out.println("  export ACKTASK_ALLOW_PLAINTEXT_ENDPOINT=true");
    if (isTls) {
      out.println("  export ACKTASK_CA_BUNDLE='<the authority of the certificate>'");
    }
    if (!hasAccounts || !tasks.isEmpty()) {
      out.println("  export ACKTASK_DEFAULT_REGION=cn-hangzhou");
      out.println("  export ALIBABA_CLOUD_ACCESS_KEY_ID=" + settings.accessKeyId);
      out.println("  export ALIBABA_CLOUD_ACCESS_KEY_SECRET=" + printableSecret());
    }
  }

  /** Keys by their id only. */
  private void printAccounts(PrintWriter out) {
    out.println();
    out.printf(ACCOUNT_ROW, "ACCOUNT", "REGION", "CLUSTERS", "TASKS", "KEYS");
    for (Account account : accounts.accounts()) {
      String keys = account.keys().stream().map(AccessKey::id).collect(Collectors.joining(", "));
      for (Region region : account.regions()) {
        int clusters = region.clusters().size();
        out.printf(ACCOUNT_ROW, account.id(), region.id(), clusters, region.tasks().size(), keys);
      }
    }
    out.printf("%nSTS at the same address: POST /?Action=AssumeRole or AssumeRoleWithOIDC%n");
  }

  private void printTasks(PrintWriter out) {
    out.printf(ROW, "TASK", "TYPE", "ENDS IN", "AFTER");
    for (TaskScript task : tasks.subList(0, Math.min(MOST_ROWS, tasks.size()))) {
      out.printf(ROW, task.taskId(), task.taskType(), task.lastState(), after(task));
    }
    if (tasks.size() > MOST_ROWS) {
      out.printf("  and %d more%n", tasks.size() - MOST_ROWS);
    }
  }

  private String after(TaskScript task) {
    Duration real = Duration.ofMillis(Math.round(task.length().toMillis() / settings.speed));
    boolean lazy = task.start() == TaskScript.Start.FIRST_READ;
    return DurationText.of(real) + (lazy ? " from its first read" : "");
  }

  /** Prints only the built-in secret, which is public. */
  private String printableSecret() {
    return settings.accessKeySecret.equals(SimulatorCommand.DEFAULT_SECRET)
        ? SimulatorCommand.DEFAULT_SECRET
        : "'<the one given>'";
  }
}
