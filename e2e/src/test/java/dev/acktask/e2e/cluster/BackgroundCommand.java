package dev.acktask.e2e.cluster;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A command that runs while the test continues.
 *
 * <p>Not in the common pool: the JDK's HTTP client completes its requests there, and on two CPUs
 * the pool has one thread. A command that waits in it holds back every answer to every Kubernetes
 * client of this JVM.
 */
public final class BackgroundCommand {
  private BackgroundCommand() {}

  /** Starts {@code command}; its failure is that of the future. */
  public static CompletableFuture<CommandResult> start(Supplier<CommandResult> command) {
    return CompletableFuture.supplyAsync(
        command, task -> Thread.ofPlatform().daemon().name("background-command").start(task));
  }
}
