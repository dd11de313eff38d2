package dev.acktask.operator.alibaba;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import javax.net.ssl.SSLException;

/**
 * Classifies TLS failures. The JDK has exception types for certificates only: a wrong host or
 * protocol is recognised by its message, which tests with real handshakes verify.
 */
final class TlsFailure {
  private static final List<String> WRONG_HOST =
      List.of("No subject alternative", "No name matching");
  private static final List<String> PLAINTEXT =
      List.of("Unsupported or unrecognized SSL message", "Unrecognized SSL message");
  private static final List<String> PROTOCOL =
      List.of(
          "protocol_version",
          "handshake_failure",
          "insufficient_security",
          "selected protocol version",
          "protocol version is not enabled",
          "improper ciphersuite",
          "No appropriate protocol");

  private TlsFailure() {}

  /**
   * Classifies a failure of TLS.
   *
   * @param causes the exception and its chain of causes
   */
  static TransportError of(List<Throwable> causes) {
    boolean isUntrusted = false;
    for (Throwable cause : causes) {
      if (isOutOfDate(cause)) {
        return TransportError.TLS_EXPIRED;
      }
      isUntrusted |=
          cause instanceof CertPathBuilderException || cause instanceof CertPathValidatorException;
    }
    if (isUntrusted) {
      return TransportError.TLS_UNTRUSTED;
    }
    for (Throwable cause : causes) {
      if (cause instanceof CertificateException && says(cause, WRONG_HOST)) {
        return TransportError.TLS_WRONG_HOST;
      }
      if (cause instanceof SSLException && says(cause, PLAINTEXT)) {
        return TransportError.TLS_PLAINTEXT;
      }
      if (cause instanceof SSLException && says(cause, PROTOCOL)) {
        return TransportError.TLS_PROTOCOL;
      }
    }
    return TransportError.TLS;
  }

  private static boolean isOutOfDate(Throwable cause) {
    return cause instanceof CertificateExpiredException
        || cause instanceof CertificateNotYetValidException
        || (cause instanceof CertPathValidatorException path
            && (path.getReason() == BasicReason.EXPIRED
                || path.getReason() == BasicReason.NOT_YET_VALID));
  }

  private static boolean says(Throwable cause, List<String> texts) {
    String message = String.valueOf(cause.getMessage());
    return texts.stream().anyMatch(message::contains);
  }
}
