package dev.acktask.operator.health;

/** Paths and bodies of lists and short watches of the API server. */
final class ListResponses {
  private ListResponses() {}

  /** Path of the first page of a namespace. */
  static String path(String namespace) {
    return "/apis/acktask.dev/v1alpha1/namespaces/" + namespace + "/acktasks?limit=500";
  }

  /** Path of the watch after a list of version 9. */
  static String watch(String namespace) {
    return "/apis/acktask.dev/v1alpha1/namespaces/"
        + namespace
        + "/acktasks?watch=true&timeoutSeconds=1&resourceVersion=9";
  }

  /** A page of version 9 with one object. */
  static String page(String uid, String version, String next) {
    return """
    {"kind": "PartialObjectMetadataList", "apiVersion": "meta.k8s.io/v1",
     "metadata": {"resourceVersion": "9", "continue": "%s"},
     "items": [{"metadata": {"name": "x", "uid": "%s", "resourceVersion": "%s"}}]}\
    """
        .formatted(next, uid, version);
  }
}
