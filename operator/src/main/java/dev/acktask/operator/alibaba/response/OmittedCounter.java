package dev.acktask.operator.alibaba.response;

import dev.acktask.operator.task.TaskInfo.Omitted;

/** Counts dropped parts of an answer: whole entries by list, all others as fields. */
public final class OmittedCounter {
  private int stages;
  private int events;
  private int results;
  private int fields;

  void stages(int dropped) {
    stages += dropped;
  }

  void events(int dropped) {
    events += dropped;
  }

  void results(int dropped) {
    results += dropped;
  }

  /** One value of an unexpected type, too long, too deep or repeated. */
  void field() {
    fields++;
  }

  Omitted toOmitted() {
    return new Omitted(stages, events, results, fields);
  }
}
