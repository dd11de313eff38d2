package dev.acktask.demo.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.util.Map;

/** Where the AckTasks of the demo live. */
public interface KubernetesApi extends AutoCloseable {
  /** The demo touches no other. */
  String NAMESPACE = "acktask-demo";

  /** Makes it ready for AckTasks in {@link #NAMESPACE}, and says in a line each what it did. */
  void open() throws IOException;

  /** Of an API that is open. */
  KubernetesClient client();

  /** The variables that lead the operator to it. */
  Map<String, String> environment();

  /** Takes back what {@link #open} and the demo created, whether or not it got to the end. */
  @Override
  void close();
}
