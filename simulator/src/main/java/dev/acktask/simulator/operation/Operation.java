package dev.acktask.simulator.operation;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An operation of Container Service or STS. */
public enum Operation {
  DESCRIBE_TASK_INFO("DescribeTaskInfo", Versions.CONTAINER_SERVICE, "cs:DescribeTaskInfo"),
  DESCRIBE_CLUSTER_TASKS(
      "DescribeClusterTasks", Versions.CONTAINER_SERVICE, "cs:DescribeClusterTasks"),
  /** Its RAM action has another name than the operation. */
  DESCRIBE_CLUSTERS_V1("DescribeClustersV1", Versions.CONTAINER_SERVICE, "cs:GetClusters"),
  DESCRIBE_CLUSTERS_FOR_REGION(
      "DescribeClustersForRegion", Versions.CONTAINER_SERVICE, "cs:DescribeClustersForRegion"),
  LIST_OPERATION_PLANS("ListOperationPlans", Versions.CONTAINER_SERVICE, "cs:ListOperationPlans"),
  LIST_OPERATION_PLANS_FOR_REGION(
      "ListOperationPlansForRegion", Versions.CONTAINER_SERVICE, "cs:ListOperationPlansForRegion"),
  ASSUME_ROLE("AssumeRole", Versions.STS, "sts:AssumeRole"),
  /** Not signed and not restricted by RAM: the OIDC token is the proof. */
  ASSUME_ROLE_WITH_OIDC("AssumeRoleWithOIDC", Versions.STS, "");

  private final String action;
  private final String version;
  private final String ramAction;

  Operation(String action, String version, String ramAction) {
    this.action = action;
    this.version = version;
    this.ramAction = ramAction;
  }

  private static final class Versions {
    static final String CONTAINER_SERVICE = "2015-12-15";
    static final String STS = "2015-04-01";
  }

  /** The operations that RAM can permit. */
  public static Set<Operation> permissible() {
    return EnumSet.complementOf(EnumSet.of(ASSUME_ROLE_WITH_OIDC));
  }

  /** The operation with the name {@code action}. */
  public static Optional<Operation> named(String action) {
    return Arrays.stream(values()).filter(operation -> operation.action.equals(action)).findFirst();
  }

  /** The names of {@code operations}, in the order of declaration. */
  public static List<String> names(Set<Operation> operations) {
    return operations.stream().sorted().map(Operation::action).toList();
  }

  public boolean isOfSts() {
    return version.equals(Versions.STS);
  }

  /** The required value of {@code x-acs-action}. */
  public String action() {
    return action;
  }

  /** The required value of {@code x-acs-version}. */
  public String version() {
    return version;
  }

  /** The name of its permission in a RAM policy. */
  public String ramAction() {
    return ramAction;
  }
}
