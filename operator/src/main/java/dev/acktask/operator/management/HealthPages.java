package dev.acktask.operator.management;

import dev.acktask.operator.health.Health;
import dev.acktask.operator.health.HealthState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The pages for the probes of the kubelet: {@code /startupz}, {@code /readyz} and {@code /livez}.
 */
public final class HealthPages {
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;

  private HealthPages() {}

  /** The pages of the health port, by path. */
  public static Map<String, Page> of(HealthState state) {
    return Map.of(
        "/startupz", request -> startup(state),
        "/readyz", request -> readiness(state),
        "/livez", request -> liveness(state));
  }

  private static Content startup(HealthState state) {
    return state.isStarted() ? Content.line(OK, "ok") : Content.line(UNAVAILABLE, "starting");
  }

  private static Content readiness(HealthState state) {
    if (!state.isStarted()) {
      return startup(state);
    }
    List<String> lines = new ArrayList<>(List.of("ok"));
    lines.addAll(state.details());
    return Content.line(OK, String.join("\n", lines));
  }

  private static Content liveness(HealthState state) {
    return switch (state.health()) {
      case Health.Alive alive -> Content.line(OK, "ok");
      case Health.Dead dead -> Content.line(UNAVAILABLE, dead.reason());
    };
  }
}
