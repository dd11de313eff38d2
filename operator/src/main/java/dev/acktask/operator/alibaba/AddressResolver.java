package dev.acktask.operator.alibaba;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Resolves the host for each new connection, within a deadline and an address policy. */
final class AddressResolver implements AutoCloseable {
  private final ExecutorService resolving = Executors.newVirtualThreadPerTaskExecutor();
  private final HostResolver resolver;

  AddressResolver(HostResolver resolver) {
    this.resolver = resolver;
  }

  /**
   * All addresses of {@code host}.
   *
   * @throws Refused if any of them is not allowed
   */
  List<InetAddress> resolve(String host, AddressPolicy allowed, Deadline deadline)
      throws IOException {
    InetAddress[] found = await(resolving.submit(() -> resolver.resolve(host)), deadline);
    if (!Arrays.stream(found).allMatch(allowed::allows)) {
      throw new Refused();
    }
    return List.of(found);
  }

  /** The JDK's resolver has no timeout: a query that exceeds the deadline is abandoned. */
  private static InetAddress[] await(Future<InetAddress[]> result, Deadline deadline)
      throws IOException {
    try {
      return result.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new InterruptedIOException("the resolver did not answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    } catch (ExecutionException e) {
      UnknownHostException unknown = new UnknownHostException();
      unknown.initCause(e);
      throw unknown;
    } finally {
      result.cancel(true);
    }
  }

  /** A host name resolves to an address that is not allowed. */
  static final class Refused extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** Abandons the queries under way; later ones fail. */
  @Override
  public void close() {
    resolving.shutdownNow();
  }
}
