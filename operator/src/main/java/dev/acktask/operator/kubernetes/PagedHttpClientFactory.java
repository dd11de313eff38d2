package dev.acktask.operator.kubernetes;

import io.fabric8.kubernetes.client.http.HttpClient;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.UnaryOperator;

/** Factory of HTTP clients that keep the pages of lists within a byte budget. */
public final class PagedHttpClientFactory implements HttpClient.Factory {
  private static final long MIB = 1 << 20;

  /** The body of a page, its copy as one array and the parsed objects are in memory at once. */
  private static final int PAGES_PER_HEAP = 16;

  private final HttpClient.Factory factory;
  private final long budget;

  /**
   * @param factory factory of the wrapped clients
   * @param heap maximum heap in bytes; a page may take one sixteenth of it, at least 4 MiB and at
   *     most 16 MiB
   */
  public PagedHttpClientFactory(HttpClient.Factory factory, long heap) {
    this.factory = factory;
    this.budget = Math.clamp(heap / PAGES_PER_HEAP, 4 * MIB, 16 * MIB);
  }

  @Override
  public HttpClient.Builder newBuilder() {
    return wrapping(
        HttpClient.Builder.class,
        factory.newBuilder(),
        client -> new PagedHttpClient(client, new ListPageSize(budget)));
  }

  /** {@code builder}, with {@code wrapper} applied to the client that it builds. */
  static <B> B wrapping(Class<B> type, B builder, UnaryOperator<HttpClient> wrapper) {
    Object wrapping =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              try {
                Object result = method.invoke(builder, arguments);
                if (result instanceof HttpClient client) {
                  return wrapper.apply(client);
                }
                return type.isInstance(result)
                    ? proxy
                    : result; // fluent methods return the builder
              } catch (InvocationTargetException failure) {
                throw failure.getCause();
              }
            });
    return type.cast(wrapping);
  }
}
