package dev.acktask.e2e.cluster;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Shares one {@link ControlPlane} between all test classes of a run, and heals it after a test. */
final class ControlPlaneExtension
    implements ExecutionCondition, ParameterResolver, AfterEachCallback {
  private static final Namespace NAMESPACE = Namespace.create(ControlPlaneExtension.class);

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return switch (search(context)) {
      case ControlPlaneBinaries.Search.Found found ->
          ConditionEvaluationResult.enabled(found.binaries().folder().toString());
      case ControlPlaneBinaries.Search.Missing missing ->
          ConditionEvaluationResult.disabled(missing.reason());
    };
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == ControlPlane.class;
  }

  @Override
  public ControlPlane resolveParameter(ParameterContext parameter, ExtensionContext context) {
    ControlPlaneBinaries.Search.Found found = (ControlPlaneBinaries.Search.Found) search(context);
    return store(context)
        .computeIfAbsent(
            ControlPlane.class,
            key ->
                ControlPlane.startWithChart(
                    found.binaries(), Settings.output().resolve("control-plane")),
            ControlPlane.class);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    ControlPlane controlPlane = store(context).get(ControlPlane.class, ControlPlane.class);
    if (controlPlane != null) {
      controlPlane.heal();
    }
  }

  private static ControlPlaneBinaries.Search search(ExtensionContext context) {
    return store(context)
        .computeIfAbsent(
            ControlPlaneBinaries.Search.class,
            key -> searchLoudly(),
            ControlPlaneBinaries.Search.class);
  }

  private static ControlPlaneBinaries.Search searchLoudly() {
    ControlPlaneBinaries.Search search = ControlPlaneBinaries.search();
    if (search instanceof ControlPlaneBinaries.Search.Missing missing) {
      if (Settings.required()) {
        throw new IllegalStateException(
            "ACKTASK_E2E_REQUIRED is set, but there is no control plane: " + missing.reason());
      }
      System.out.println(
          "[WARNING] END-TO-END TESTS SKIPPED, there is no control plane: " + missing.reason());
    }
    return search;
  }

  /** The store of the whole run, which closes its values at its end. */
  private static Store store(ExtensionContext context) {
    return context.getRoot().getStore(NAMESPACE);
  }
}
