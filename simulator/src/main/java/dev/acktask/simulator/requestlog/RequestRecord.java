package dev.acktask.simulator.requestlog;

import dev.acktask.simulator.http.Request;
import dev.acktask.simulator.http.Transmission;
import dev.acktask.simulator.operation.Operation;
import dev.acktask.simulator.response.Header;
import dev.acktask.simulator.signature.SignatureResult;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One request and its response.
 *
 * @param time when the request was read completely
 * @param accountId the account of the key or role that the request names, also of a refused
 *     request; empty for an unknown one
 * @param region from the Host header, else the default region
 * @param operation by method and path; empty when no operation has them
 * @param taskId the task that the path names
 * @param clusterId the cluster whose tasks are listed
 * @param call number of this read of the task, counted from 1; 0 when the request did not reach the
 *     task because of an outage or its signature
 * @param requestLine tokens in its query are {@code ***}
 * @param headers values that can hold a secret are {@code ***}
 * @param fault the fault that shaped the response
 * @param status HTTP status of the response; 0 for a response without a status line
 * @param transmission progress on the wire; changes until the response is sent
 */
public record RequestRecord(
    Instant time,
    Optional<String> accountId,
    String region,
    Optional<Operation> operation,
    Optional<String> taskId,
    Optional<String> clusterId,
    int call,
    String requestLine,
    List<Header> headers,
    SignatureResult signature,
    Optional<String> fault,
    int status,
    Transmission transmission) {
  private static final Set<String> SECRET =
      Set.of("authorization", "proxy-authorization", "x-acs-security-token", "cookie");
  private static final Set<String> SECRET_PARAMETERS =
      Set.of("oidctoken", "securitytoken", "signature");

  /** A builder for a request that names no task and has no fault. */
  public static Builder builder(Request request) {
    return new Builder(request);
  }

  private static List<Header> redactedHeaders(Request request) {
    return request.headers().stream()
        .map(
            header ->
                SECRET.contains(header.name().toLowerCase(Locale.ROOT))
                    ? new Header(header.name(), "***")
                    : header)
        .toList();
  }

  private static String redactedLine(Request request) {
    int query = request.target().indexOf('?');
    if (query < 0) {
      return request.line();
    }
    String pairs =
        Arrays.stream(request.target().substring(query + 1).split("&", -1))
            .map(RequestRecord::redactedPair)
            .collect(Collectors.joining("&"));
    return request.method() + " " + request.path() + "?" + pairs + " " + request.version();
  }

  private static String redactedPair(String pair) {
    int equals = pair.indexOf('=');
    String name = equals < 0 ? "" : Request.decode(pair.substring(0, equals));
    return SECRET_PARAMETERS.contains(name.toLowerCase(Locale.ROOT))
        ? pair.substring(0, equals + 1) + "***"
        : pair;
  }

  /** The first 64 KiB after the head of the response, as text. */
  public String body() {
    return transmission.body();
  }

  /** Number of bytes sent, head included. */
  public long bytes() {
    return transmission.bytes();
  }

  public Transmission.Outcome outcome() {
    return transmission.outcome();
  }

  /** Builds a {@link RequestRecord} by the names of its components. */
  public static final class Builder {
    private final Request request;
    private Instant time = Instant.EPOCH;
    private Optional<String> accountId = Optional.empty();
    private String region = "";
    private Optional<Operation> operation = Optional.empty();
    private Optional<String> taskId = Optional.empty();
    private Optional<String> clusterId = Optional.empty();
    private int call;
    private SignatureResult signature = SignatureResult.NOT_CHECKED;
    private Optional<String> fault = Optional.empty();
    private int status;
    private Transmission transmission = new Transmission();

    private Builder(Request request) {
      this.request = request;
    }

    public Builder time(Instant time) {
      this.time = time;
      return this;
    }

    public Builder accountId(Optional<String> accountId) {
      this.accountId = accountId;
      return this;
    }

    public Builder region(String region) {
      this.region = region;
      return this;
    }

    public Builder operation(Optional<Operation> operation) {
      this.operation = operation;
      return this;
    }

    public Builder taskId(Optional<String> taskId) {
      this.taskId = taskId;
      return this;
    }

    public Builder clusterId(Optional<String> clusterId) {
      this.clusterId = clusterId;
      return this;
    }

    public Builder call(int call) {
      this.call = call;
      return this;
    }

    public Builder signature(SignatureResult signature) {
      this.signature = signature;
      return this;
    }

    public Builder fault(Optional<String> fault) {
      this.fault = fault;
      return this;
    }

    public Builder status(int status) {
      this.status = status;
      return this;
    }

    public Builder transmission(Transmission transmission) {
      this.transmission = transmission;
      return this;
    }

    public RequestRecord build() {
      return new RequestRecord(
          time,
          accountId,
          region,
          operation,
          taskId,
          clusterId,
          call,
          redactedLine(request),
          redactedHeaders(request),
          signature,
          fault,
          status,
          transmission);
    }
  }
}
