package dev.acktask.e2e.gates;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Provides {@link ArgoCdCli}, but only when a run asks for it, because most runs have no time to
 * build it.
 */
final class ArgoCdExtension extends ProgramExtension {
  private static final String WANTED = "acktask.e2e.argocd";

  ArgoCdExtension() {
    super("argocd", ArgoCdCli.class, ArgoCdCli::new);
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return Boolean.getBoolean(WANTED)
        ? super.evaluateExecutionCondition(context)
        : ConditionEvaluationResult.disabled("only with -D" + WANTED + "=true");
  }
}
