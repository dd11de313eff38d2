package dev.acktask.operator.metrics;

import dev.acktask.operator.task.Listing;
import dev.acktask.operator.task.TaskLookup;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** Counts and times the calls of one operation of the cloud through one connection. */
final class OperationMeters {
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10)
  };

  private enum Outcome {
    SUCCESS,
    THROTTLED,
    UNAUTHORIZED,
    ERROR
  }

  private final Timer duration;
  private final Map<Outcome, Counter> requests = new EnumMap<>(Outcome.class);

  /** Registers the meters, which others of the same operation, connection and region share. */
  OperationMeters(MeterRegistry meters, String operation, String connection, String region) {
    Tags tags = Tags.of("operation", operation, "connection", connection, "region", region);
    this.duration =
        Timer.builder("acktask.operator.api.request.duration")
            .description(
                "Duration of the calls to the cloud, including the response body, in seconds.")
            .tags(tags)
            .serviceLevelObjectives(BUCKETS)
            .register(meters);
    for (Outcome outcome : Outcome.values()) {
      String word = outcome.name().toLowerCase(Locale.ROOT);
      requests.put(
          outcome,
          Counter.builder("acktask.operator.api.requests")
              .description("Calls to the cloud by outcome.")
              .tags(tags.and(List.of(Tag.of("outcome", word))))
              .register(meters));
    }
  }

  /** All meters. */
  List<Meter> meters() {
    List<Meter> all = new ArrayList<>(requests.values());
    all.add(duration);
    return all;
  }

  /** Makes a poll. */
  TaskLookup poll(Supplier<TaskLookup> call) {
    TaskLookup lookup = Objects.requireNonNull(duration.record(call));
    count(outcome(lookup));
    return lookup;
  }

  /** Lists a page. */
  <T> Listing<T> list(Supplier<Listing<T>> call) {
    Listing<T> listing = Objects.requireNonNull(duration.record(call));
    count(
        switch (listing) {
          case Listing.Listed<T> listed -> Outcome.SUCCESS;
          case Listing.Failed<T> failed -> outcome(failed.cause());
        });
    return listing;
  }

  private void count(Outcome outcome) {
    Objects.requireNonNull(requests.get(outcome)).increment();
  }

  /** "Not found" counts as a success: the cloud answered. */
  private static Outcome outcome(TaskLookup lookup) {
    return switch (lookup) {
      case TaskLookup.Unchanged unchanged -> Outcome.SUCCESS;
      case TaskLookup.Found found -> Outcome.SUCCESS;
      case TaskLookup.NotFound missing -> Outcome.SUCCESS;
      case TaskLookup.Throttled throttled -> Outcome.THROTTLED;
      case TaskLookup.Unavailable unavailable -> Outcome.ERROR;
      case TaskLookup.Rejected rejected ->
          switch (rejected.cause()) {
            case UNAUTHORIZED,
                FORBIDDEN,
                CREDENTIALS_MISSING,
                CREDENTIALS_INVALID,
                ROLE_NOT_ASSUMABLE ->
                Outcome.UNAUTHORIZED;
            case CLUSTER_NOT_ALLOWED -> Outcome.SUCCESS; // the cloud answered
            case CLOCK_SKEW,
                INVALID_REQUEST,
                CONNECTION_NOT_FOUND,
                CONNECTION_NOT_ALLOWED,
                CONNECTION_INVALID,
                CONNECTION_SUSPENDED ->
                Outcome.ERROR;
          };
    };
  }
}
