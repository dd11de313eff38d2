package dev.acktask.operator.kubernetes;

import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Response of the API server with one page of a list. */
record ListPage<T>(HttpResponse<?> head, T body) implements HttpResponse<T> {
  @Override
  public int code() {
    return head.code();
  }

  @Override
  public HttpRequest request() {
    return head.request();
  }

  @Override
  public Optional<HttpResponse<?>> previousResponse() {
    return head.previousResponse();
  }

  @Override
  public List<String> headers(String key) {
    return head.headers(key);
  }

  @Override
  public Map<String, List<String>> headers() {
    return head.headers();
  }
}
