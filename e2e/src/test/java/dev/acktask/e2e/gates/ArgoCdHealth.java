package dev.acktask.e2e.gates;

import java.util.List;

/** The health checks of the example in Argo CD, by which sync waves wait. */
record ArgoCdHealth(ArgoCdCli argoCd) implements GatingTool {
  static final String TITLE = "Argo CD";

  @Override
  public String title() {
    return TITLE;
  }

  @Override
  public List<Verdict> judge(List<WrittenObject> objects) {
    return objects.stream().map(this::verdict).toList();
  }

  private Verdict verdict(WrittenObject object) {
    String status = argoCd.health(object.object()).status();
    return switch (status) {
      case "Healthy" -> Verdict.OPENS;
      case "Degraded" -> Verdict.FAILS;
      case "Progressing", "Suspended" -> Verdict.WAITS;
      default -> throw new IllegalStateException(object + ": " + status);
    };
  }
}
