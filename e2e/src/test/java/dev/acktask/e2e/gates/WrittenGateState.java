package dev.acktask.e2e.gates;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/** A state of an AckTaskGate, with what tools have to conclude from it. */
enum WrittenGateState {
  /** As the API server stores it. */
  FRESH("new, not observed by the operator", Verdict.WAITS, "absent/absent"),
  RUNNING("a task runs", Verdict.WAITS, "Unknown/TasksRunning"),
  MISSING("a named AckTask does not exist", Verdict.WAITS, "Unknown/TasksMissing"),
  EMPTY("the selector selects nothing", Verdict.WAITS, "Unknown/TasksMissing"),
  FOUR_OF_FIVE(
      "four of five succeeded, the fifth is missing", Verdict.WAITS, "Unknown/TasksMissing"),
  TOO_MANY("one task more than `count`, all succeeded", Verdict.WAITS, "Unknown/TooManyTasks"),
  OUTAGE("outage: a task is not answered", Verdict.WAITS, "Unknown/TasksRunning"),
  OVERDUE("overdue", Verdict.WAITS, "Unknown/TasksRunning"),
  SUCCEEDED("all succeeded", Verdict.OPENS, "True/AllSucceeded"),
  FAILED("a task failed, another runs", Verdict.FAILS, "False/TaskNotSucceeded"),

  NO_DISCOVERY("the discovery does not exist", Verdict.WAITS, "Unknown/DiscoveryNotFound"),
  DISCOVERY_SUSPENDED("the discovery is suspended", Verdict.WAITS, "Unknown/DiscoveryNotActive"),
  NOT_SWEPT("outage from the first list on", Verdict.WAITS, "Unknown/NotSweptYet"),
  BUSY("a task runs", Verdict.WAITS, "Unknown/TasksRunning"),
  QUIET("nothing runs", Verdict.OPENS, "True/NoneRunning"),
  CLOSED_AGAIN("open, then a task started", Verdict.WAITS, "Unknown/TasksRunning"),
  OUTDATED("open, then an outage of more than two minutes", Verdict.WAITS, "Unknown/SweepOutdated"),
  LIST_FAILED("open, then a shorter outage", Verdict.OPENS, "True/NoneRunning");

  private static final Set<WrittenGateState> NONE_RUNNING =
      EnumSet.range(NO_DISCOVERY, LIST_FAILED);

  private final String words;
  private final Verdict verdict;
  private final String succeeded;

  WrittenGateState(String words, Verdict verdict, String succeeded) {
    this.words = words;
    this.verdict = verdict;
    this.succeeded = succeeded;
  }

  /** The name in the documentation; each mode has every name once. */
  String words() {
    return words;
  }

  /** What every tool has to do. */
  Verdict verdict() {
    return verdict;
  }

  /** Status and reason of its condition Succeeded. */
  String succeeded() {
    return succeeded;
  }

  /** True in mode NoneRunning. */
  boolean isNoneRunning() {
    return NONE_RUNNING.contains(this);
  }

  /** The name of its AckTaskGate. */
  String objectName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Its cluster, which no other has. */
  String clusterId() {
    UUID id = UUID.nameUUIDFromBytes(name().getBytes(StandardCharsets.UTF_8));
    return "c" + id.toString().replace("-", "");
  }
}
