package dev.acktask.e2e.alerts;

import dev.acktask.e2e.cluster.ProcessReaper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** Alertmanager that forwards each alert separately and immediately. */
final class Alertmanager implements AutoCloseable {
  static final String PROGRAM = "prometheus-alertmanager";

  private final MonitoringServer server;

  private Alertmanager(MonitoringServer server) {
    this.server = server;
  }

  static Alertmanager start(ProcessReaper reaper, URI receiver) throws IOException {
    Path folder = MonitoringServer.folder(PROGRAM);
    Path file = folder.resolve("alertmanager.yaml");
    Files.writeString(file, configuration(receiver));
    return new Alertmanager(
        MonitoringServer.start(
            PROGRAM,
            folder,
            reaper,
            "Listening on",
            "--config.file=" + file,
            "--storage.path=" + folder.resolve("data"),
            // no peers
            "--cluster.listen-address="));
  }

  URI address() {
    return server.address();
  }

  @Override
  public void close() {
    server.close();
  }

  private static String configuration(URI receiver) {
    return """
      route:
        receiver: test
        group_by: ["..."]
        group_wait: 0s
        group_interval: 1s
      receivers:
        - name: test
          webhook_configs:
            - url: %s
              send_resolved: true
      """
        .formatted(receiver);
  }
}
