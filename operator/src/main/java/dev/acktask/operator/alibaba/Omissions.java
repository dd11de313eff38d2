package dev.acktask.operator.alibaba;

import dev.acktask.operator.task.TaskInfo.Omitted;

/** Counts what the reader drops: whole entries by their list, all other parts as fields. */
final class Omissions {
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

  /** One value that was odd, too long, too deep or there twice. */
  void field() {
    fields++;
  }

  Omitted toOmitted() {
    return new Omitted(stages, events, results, fields);
  }
}
