package dev.acktask.operator.http;

import dev.acktask.operator.proxy.HttpProxy;
import java.io.IOException;

/** The proxy let no connection to the destination come about; nothing was sent to the latter. */
public final class ProxyFailure extends IOException {
  private static final long serialVersionUID = 1L;

  /** What the proxy did. */
  public enum Reason {
    /** Its name did not resolve, or no connection to it came about. */
    UNREACHABLE,
    /** It asks for credentials, or for others (407). */
    UNAUTHENTICATED,
    /** It refuses this destination (another status than 2xx). */
    REFUSED,
    /** It closed the connection, or does not speak HTTP. */
    NOT_A_PROXY
  }

  private final Reason reason;
  private final String proxy;
  private final int status;

  ProxyFailure(Reason reason, HttpProxy proxy, int status) {
    super(reason + " by " + proxy);
    this.reason = reason;
    this.proxy = proxy.toString();
    this.status = status;
  }

  public Reason reason() {
    return reason;
  }

  /** The proxy as it may be shown: without credentials. */
  public String proxy() {
    return proxy;
  }

  /** Of its answer; 0 when there was none. */
  public int status() {
    return status;
  }
}
