package dev.acktask.operator.management;

import dev.acktask.operator.health.Health;
import dev.acktask.operator.health.ProbeState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Handlers for the probes of the kubelet: {@code /startupz}, {@code /readyz} and {@code /livez}.
 */
public final class ProbeHandlers {
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;

  private ProbeHandlers() {}

  /** The handlers of the health port, by path. */
  public static Map<String, HttpHandler> of(ProbeState state) {
    return Map.of(
        "/startupz", request -> startup(state),
        "/readyz", request -> readiness(state),
        "/livez", request -> liveness(state));
  }

  private static HandlerResponse startup(ProbeState state) {
    return state.isStarted()
        ? HandlerResponse.line(OK, "ok")
        : HandlerResponse.line(UNAVAILABLE, "starting");
  }

  private static HandlerResponse readiness(ProbeState state) {
    if (!state.isStarted()) {
      return startup(state);
    }
    List<String> lines = new ArrayList<>(List.of("ok"));
    lines.addAll(state.details());
    return HandlerResponse.line(OK, String.join("\n", lines));
  }

  private static HandlerResponse liveness(ProbeState state) {
    return switch (state.health()) {
      case Health.Alive alive -> HandlerResponse.line(OK, "ok");
      case Health.Dead dead -> HandlerResponse.line(UNAVAILABLE, dead.reason());
    };
  }
}
