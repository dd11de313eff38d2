package dev.acktask.e2e.examples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.cluster.Settings;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The commands of the troubleshooting page that print what an operator wrote. */
@OnControlPlane
class TroubleshootingPageIT {
  @Test
  void shouldPrintReasonAndCauseOfAllObjects(ControlPlane controlPlane) throws IOException {
    String page = Files.readString(Settings.repository().resolve("docs/troubleshooting.md"));
    String columns = page.replaceAll("(?s).*-o (custom-columns=)'([^\n]*)'\n.*", "$1$2");
    try (OperatorFixture fixture = OperatorFixture.start(controlPlane, "troubleshooting")) {
      // given
      fixture.cloud().answers("listed", Answers.success("listed"));
      fixture.tasks().create("listed", "listed");
      fixture.tasks().awaitPhase("listed", "Succeeded", Duration.ofSeconds(60));

      // when
      String listed = fixture.kubectl("get", "acktasks", "-o", columns).orThrow();

      // then
      assertTrue(
          listed
              .lines()
              .anyMatch(
                  line -> line.matches(".* listed +Succeeded +TaskSucceeded +True +Observed")),
          listed);
    }
  }
}
