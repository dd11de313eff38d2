package dev.acktask.e2e.faultinjection;

/** The request line of one request. */
public record Call(String method, String target) {
  /** Without the query. */
  public String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  public boolean isWatch() {
    return target.contains("watch=true");
  }

  public boolean isLease() {
    return path().contains("/leases");
  }
}
