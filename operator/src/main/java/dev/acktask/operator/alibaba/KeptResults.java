package dev.acktask.operator.alibaba;

import dev.acktask.operator.task.TaskInfo.Result;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keeps the first of any number of results, failed ones before all others: one failed result turns
 * a success into a failure under the strict policy, so it is never dropped in favour of another.
 */
final class KeptResults {
  private record Placed(Result result, int index) {}

  private final int max;
  private final List<Placed> failed = new ArrayList<>();
  private final List<Placed> others = new ArrayList<>();
  private int seen;

  KeptResults(int max) {
    this.max = max;
  }

  void add(Result result) {
    List<Placed> kind = ItemReader.isFailure(result.status()) ? failed : others;
    if (kind.size() < max) {
      kind.add(new Placed(result, seen));
    }
    seen++;
  }

  /** In the order of the answer. */
  List<Result> results() {
    return Stream.concat(failed.stream(), others.stream().limit(max - failed.size()))
        .sorted(Comparator.comparingInt(Placed::index))
        .map(Placed::result)
        .toList();
  }

  int dropped() {
    return Math.max(0, seen - max);
  }
}
