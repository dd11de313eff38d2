package dev.acktask.operator.task;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Id of a region, for example {@code cn-hangzhou}. It becomes part of a host name, so it has no dot
 * and nothing else that could name another host.
 *
 * @param id 2 to 64 characters of {@code [a-z0-9-]}
 */
public record RegionId(String id) {
  private static final Pattern PATTERN = Pattern.compile("[a-z0-9-]{2,64}");

  public RegionId {
    if (!PATTERN.matcher(id).matches()) {
      throw new IllegalArgumentException("not a region id");
    }
  }

  /** The region {@code id}, or empty when it is not a region id. */
  public static Optional<RegionId> parse(String id) {
    return PATTERN.matcher(id).matches() ? Optional.of(new RegionId(id)) : Optional.empty();
  }
}
