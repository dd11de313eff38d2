package dev.acktask.demo.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.util.Map;

/** The Kubernetes API that stores the AckTasks of the demo. */
public interface KubernetesApi extends AutoCloseable {
  /** The only namespace that the demo changes. */
  String NAMESPACE = "acktask-demo";

  /** Prepares {@link #NAMESPACE} and the CRDs; prints a line for each step. */
  void open() throws IOException;

  /** Requires {@link #open}. */
  KubernetesClient client();

  /** Environment variables that locate this API for the operator. */
  Map<String, String> environment();

  /** Deletes what {@link #open} and the demo created, also after a failed {@link #open}. */
  @Override
  void close();
}
