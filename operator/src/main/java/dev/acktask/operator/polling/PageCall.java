package dev.acktask.operator.polling;

import dev.acktask.operator.polling.SweepResult.SweptList;
import dev.acktask.operator.task.PageRequest;

/**
 * A call for one page of a list that has begun.
 *
 * @param clusterId for {@link SweptList#TASKS}; else empty
 */
record PageCall(SweptList list, String clusterId, PageRequest page, long due, long start)
    implements Work {}
