package dev.acktask.e2e.cluster;

import dev.acktask.e2e.cluster.ControlPlanes.Borrowed;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test class a {@link ControlPlane} of {@link ControlPlanes}, and heals it after a test.
 */
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
    return storeOfClass(context)
        .computeIfAbsent(Borrowed.class, key -> pool(context).borrow(), Borrowed.class)
        .controlPlane();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Borrowed borrowed = storeOfClass(context).get(Borrowed.class, Borrowed.class);
    if (borrowed != null) {
      borrowed.controlPlane().heal();
    }
  }

  private static ControlPlanes pool(ExtensionContext context) {
    ControlPlaneBinaries.Search.Found found = (ControlPlaneBinaries.Search.Found) search(context);
    return store(context)
        .computeIfAbsent(
            ControlPlanes.class, key -> new ControlPlanes(found.binaries()), ControlPlanes.class);
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

  /** The store of the outermost test class, which closes its values after the last test of it. */
  private static Store storeOfClass(ExtensionContext context) {
    ExtensionContext ofClass = context;
    for (ExtensionContext outer = context;
        outer.getTestClass().isPresent();
        outer = outer.getParent().orElseThrow()) {
      ofClass = outer;
    }
    return ofClass.getStore(NAMESPACE);
  }

  /** The store of the whole run, which closes its values at its end. */
  private static Store store(ExtensionContext context) {
    return context.getRoot().getStore(NAMESPACE);
  }
}
