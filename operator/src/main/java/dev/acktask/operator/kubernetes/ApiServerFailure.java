package dev.acktask.operator.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * Cause of a failed request to the Kubernetes API, with advice for the administrator.
 *
 * @param detail status code and media type, or the name of an exception; never data of a response
 */
public record ApiServerFailure(Kind kind, String detail) {
  private static final Pattern MEDIA_TYPE =
      Pattern.compile("[a-zA-Z0-9.+-]{1,40}/[a-zA-Z0-9.+-]{1,40}");
  private static final int SWITCHING_PROTOCOLS = 101;
  private static final int PROXY_AUTHENTICATION_REQUIRED = 407;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int MAX_CAUSE_DEPTH = 16;

  /** What went wrong, and what to check. */
  public enum Kind {
    UNREACHABLE(
        "the API server cannot be reached",
        "check that it is up, the server address of the kube context, DNS, network policies and"
            + " proxies in between"),
    NO_ANSWER(
        "the API server does not answer in time",
        "check its load, and firewalls, proxies and service meshes in between"),
    UNTRUSTED(
        "the certificate of the API server is not trusted",
        "check whether the cluster's CA was replaced, and whether a proxy in between intercepts"
            + " TLS"),
    REPLACED(
        "something else answers in place of the API server",
        "check the server address of the kube context, HTTPS_PROXY and NO_PROXY, and gateways,"
            + " captive portals and service meshes in between"),
    UNAVAILABLE(
        "the API server answers with errors", "check its health and its load, and those of etcd"),
    UNAUTHORIZED(
        "the API server does not accept this identity", "check the kube context or the token"),
    FORBIDDEN("the API server forbids listing or watching AckTasks", "check the operator's role"),
    UNKNOWN_KIND(
        "the API server does not know AckTask",
        "install the CRDs of this version as docs/upgrade.md describes, and check that the kube"
            + " context names the API server itself"),
    WATCH_UNANSWERED(
        "the watch of AckTasks is not answered",
        "check that proxies and service meshes in between pass streamed answers on at once"),
    WATCH_SILENT(
        "a watch does not deliver changes",
        "check that proxies, load balancers and service meshes in between pass streamed answers on"
            + " at once and do not drop idle connections"),
    WATCH_INTERRUPTED(
        "the watch of AckTasks is closed repeatedly",
        "check that proxies, load balancers and service meshes in between let WebSockets and"
            + " long-lived connections through");

    private final String cause;
    private final String check;

    Kind(String cause, String check) {
      this.cause = cause;
      this.check = check;
    }

    /** True if no response of the API server itself was received. */
    public boolean isSilence() {
      return this == UNREACHABLE || this == NO_ANSWER || this == UNTRUSTED;
    }

    /** A clause without a full stop. */
    public String cause() {
      return cause;
    }
  }

  /** Cause, detail and what to check, in one sentence without a full stop. */
  public String text() {
    return kind.cause + (detail.isEmpty() ? "" : " (" + detail + ")") + "; " + kind.check;
  }

  /**
   * Classifies a response by its head. The API server sends errors as a JSON document. It sends a
   * line of plain text while it starts or is overloaded, or for an unknown path.
   *
   * @return empty if the response comes from the API server and is a success or an ordinary refusal
   */
  public static Optional<ApiServerFailure> ofResponse(int code, @Nullable String contentType) {
    String type = contentType == null ? "" : contentType.split(";", 2)[0].strip();
    String mediaType = MEDIA_TYPE.matcher(type).matches() ? type.toLowerCase(Locale.ROOT) : "";
    String detail = "HTTP " + code + (mediaType.isEmpty() ? "" : ", " + mediaType);
    boolean isDocument = mediaType.equals("application/json") || mediaType.endsWith("protobuf");
    if (code == SWITCHING_PROTOCOLS) {
      return Optional.empty();
    }
    if (code == PROXY_AUTHENTICATION_REQUIRED || code / 100 == 3) {
      return Optional.of(new ApiServerFailure(Kind.REPLACED, detail));
    }
    if (code == HttpURLConnection.HTTP_NOT_FOUND && mediaType.equals("text/plain")) {
      return Optional.of(new ApiServerFailure(Kind.UNKNOWN_KIND, detail));
    }
    boolean isOverload =
        code == TOO_MANY_REQUESTS
            || code == HttpURLConnection.HTTP_INTERNAL_ERROR
            || code == HttpURLConnection.HTTP_UNAVAILABLE
            || code == HttpURLConnection.HTTP_GATEWAY_TIMEOUT;
    if (isOverload && (isDocument || mediaType.equals("text/plain") || mediaType.isEmpty())) {
      return Optional.of(new ApiServerFailure(Kind.UNAVAILABLE, detail));
    }
    boolean mayBeEmpty = mediaType.isEmpty() && (code / 100 == 2 || code / 100 == 4);
    return isDocument || mayBeEmpty
        ? Optional.empty()
        : Optional.of(new ApiServerFailure(Kind.REPLACED, detail));
  }

  /** Classifies the exception of a request. */
  public static ApiServerFailure of(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < MAX_CAUSE_DEPTH; depth++) {
      Optional<ApiServerFailure> known = known(cause);
      if (known.isPresent()) {
        return known.get();
      }
      cause = cause.getCause();
    }
    return new ApiServerFailure(Kind.UNREACHABLE, rootOf(failure).getClass().getSimpleName());
  }

  /** Classifies an error response by its status code alone. */
  public static ApiServerFailure ofCode(int code) {
    String detail = "HTTP " + code;
    return switch (code) {
      case HttpURLConnection.HTTP_UNAUTHORIZED -> new ApiServerFailure(Kind.UNAUTHORIZED, detail);
      case HttpURLConnection.HTTP_FORBIDDEN -> new ApiServerFailure(Kind.FORBIDDEN, detail);
      case HttpURLConnection.HTTP_NOT_FOUND -> new ApiServerFailure(Kind.UNKNOWN_KIND, detail);
      case TOO_MANY_REQUESTS,
          HttpURLConnection.HTTP_INTERNAL_ERROR,
          HttpURLConnection.HTTP_UNAVAILABLE,
          HttpURLConnection.HTTP_GATEWAY_TIMEOUT ->
          new ApiServerFailure(Kind.UNAVAILABLE, detail);
      default -> new ApiServerFailure(Kind.REPLACED, detail);
    };
  }

  private static Optional<ApiServerFailure> known(Throwable cause) {
    String name = cause.getClass().getSimpleName();
    return switch (cause) {
      case KubernetesClientException refused ->
          Optional.of(refused.getCode()).filter(code -> code > 0).map(ApiServerFailure::ofCode);
      case CertificateException certificate -> untrusted(name);
      case CertPathValidatorException certificate -> untrusted(name);
      case CertPathBuilderException certificate -> untrusted(name);
      case SSLPeerUnverifiedException certificate -> untrusted(name);
      case SSLException tls ->
          tls.getCause() == null
              ? Optional.of(new ApiServerFailure(Kind.REPLACED, "no valid TLS"))
              : Optional.empty();
      case JsonProcessingException unreadable ->
          Optional.of(new ApiServerFailure(Kind.REPLACED, "no JSON"));
      case HttpConnectTimeoutException late ->
          Optional.of(new ApiServerFailure(Kind.UNREACHABLE, name));
      case HttpTimeoutException late -> Optional.of(new ApiServerFailure(Kind.NO_ANSWER, name));
      case SocketTimeoutException late -> Optional.of(new ApiServerFailure(Kind.NO_ANSWER, name));
      case TimeoutException late -> Optional.of(new ApiServerFailure(Kind.NO_ANSWER, name));
      default -> Optional.empty();
    };
  }

  private static Optional<ApiServerFailure> untrusted(String name) {
    return Optional.of(new ApiServerFailure(Kind.UNTRUSTED, name));
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    for (int depth = 0; root.getCause() != null && depth < MAX_CAUSE_DEPTH; depth++) {
      root = root.getCause();
    }
    return root;
  }
}
