package dev.acktask.e2e.gates;

import dev.acktask.e2e.cluster.BuildScript;
import dev.acktask.e2e.cluster.Settings;
import java.nio.file.Path;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests what a script below {@code hack} provides. Where it cannot, they are skipped with a
 * message, or fail when {@link Settings#required}.
 */
abstract class ProgramExtension implements ExecutionCondition, ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(ProgramExtension.class);

  private final String script;
  private final Class<?> type;
  private final Function<Path, ?> programs;

  /**
   * @param script the folder of the script
   * @param type of the parameter of a test
   * @param programs that parameter from the path that the script prints
   */
  <T> ProgramExtension(String script, Class<T> type, Function<Path, T> programs) {
    this.script = script;
    this.type = type;
    this.programs = programs;
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return switch (outcome(context)) {
      case BuildScript.Outcome.Provided provided ->
          ConditionEvaluationResult.enabled(provided.path().toString());
      case BuildScript.Outcome.Failed failed -> ConditionEvaluationResult.disabled(failed.reason());
    };
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == type;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return programs.apply(((BuildScript.Outcome.Provided) outcome(context)).path());
  }

  /** Runs the script once for all test classes of a run. */
  private BuildScript.Outcome outcome(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(script, key -> runLoudly(), BuildScript.Outcome.class);
  }

  private BuildScript.Outcome runLoudly() {
    BuildScript.Outcome outcome = BuildScript.of(script).run();
    if (outcome instanceof BuildScript.Outcome.Failed failed) {
      String reason = "hack/" + script + "/build.sh provides nothing: " + failed.reason();
      if (Settings.required()) {
        throw new IllegalStateException("ACKTASK_E2E_REQUIRED is set, but " + reason);
      }
      System.out.println("[WARNING] TESTS OF GATING TOOLS SKIPPED, " + reason);
    }
    return outcome;
  }
}
