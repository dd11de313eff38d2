package dev.acktask.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Nothing of ours runs in the common pool. The JDK's HTTP client completes the requests of every
 * Kubernetes client there, and on one or two CPUs the pool has a single thread: whatever waits in
 * it holds back all answers, also those that renew the Lease.
 */
final class CommonPoolTest {
  /** The methods of a {@code CompletableFuture}, with the number of arguments without executor. */
  private static final Map<String, Integer> WITHOUT_EXECUTOR =
      Map.ofEntries(
          Map.entry("supplyAsync", 1),
          Map.entry("runAsync", 1),
          Map.entry("completeAsync", 1),
          Map.entry("thenApplyAsync", 1),
          Map.entry("thenAcceptAsync", 1),
          Map.entry("thenRunAsync", 1),
          Map.entry("thenComposeAsync", 1),
          Map.entry("thenCombineAsync", 2),
          Map.entry("thenAcceptBothAsync", 2),
          Map.entry("runAfterBothAsync", 2),
          Map.entry("applyToEitherAsync", 2),
          Map.entry("acceptEitherAsync", 2),
          Map.entry("runAfterEitherAsync", 2),
          Map.entry("whenCompleteAsync", 1),
          Map.entry("handleAsync", 1),
          Map.entry("exceptionallyAsync", 1),
          Map.entry("exceptionallyComposeAsync", 1));

  private static final Set<String> PARALLEL = Set.of("parallelStream", "parallel", "commonPool");

  @Test
  void shouldRunNothingInTheCommonPool() throws IOException {
    List<String> found = new ArrayList<>();
    for (String directory : List.of("src/main/java", "src/test/java")) {
      Sources.parse(Sources.in(directory), source -> found.addAll(uses(source)));
    }
    assertEquals(List.of(), found);
  }

  @Test
  void shouldFindWhatRunsInTheCommonPool() throws IOException {
    assertEquals(List.of("Snippet.java: supplyAsync"), uses("CompletableFuture.supplyAsync(f)"));
    assertEquals(List.of("Snippet.java: supplyAsync"), uses("supplyAsync(f)"));
    assertEquals(List.of("Snippet.java: thenRunAsync"), uses("future.thenRunAsync(f)"));
    assertEquals(List.of("Snippet.java: parallelStream"), uses("list.parallelStream()"));
    assertEquals(List.of("Snippet.java: runAsync"), uses("run(CompletableFuture::runAsync)"));
  }

  @Test
  void shouldAcceptAnExecutorAndOtherClients() throws IOException {
    assertEquals(List.of(), uses("CompletableFuture.supplyAsync(f, executor)"));
    assertEquals(List.of(), uses("client.sendAsync(request)"));
  }

  private static List<String> uses(String expression) throws IOException {
    List<String> found = new ArrayList<>();
    Sources.parse(
        "class A { void a() { " + expression + "; } }", source -> found.addAll(uses(source)));
    return found;
  }

  private static List<String> uses(Sources.Source source) {
    List<String> found = new ArrayList<>();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
        String name = nameOf(call.getMethodSelect());
        if (isInCommonPool(name, call.getArguments().size())) {
          found.add(source.fileName() + ": " + name);
        }
        return super.visitMethodInvocation(call, null);
      }

      @Override
      public Void visitMemberReference(MemberReferenceTree reference, Void unused) {
        String name = reference.getName().toString();
        if (WITHOUT_EXECUTOR.containsKey(name) || PARALLEL.contains(name)) {
          found.add(source.fileName() + ": " + name);
        }
        return super.visitMemberReference(reference, null);
      }
    }.scan(source.unit(), null);
    return found;
  }

  private static boolean isInCommonPool(String name, int arguments) {
    return PARALLEL.contains(name) || WITHOUT_EXECUTOR.getOrDefault(name, -1).equals(arguments);
  }

  private static String nameOf(ExpressionTree method) {
    return method instanceof MemberSelectTree select
        ? select.getIdentifier().toString()
        : method.toString();
  }
}
