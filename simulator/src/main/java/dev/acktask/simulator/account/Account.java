package dev.acktask.simulator.account;

import dev.acktask.simulator.oidc.OidcProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An account at the start of the simulator.
 *
 * @param id 16 digits; invent them
 * @param providers the OIDC providers that roles may trust
 * @param throttle refuses each signed request with this hint
 */
public record Account(
    String id,
    List<AccessKey> keys,
    List<Role> roles,
    List<OidcProvider> providers,
    List<Region> regions,
    Optional<Duration> throttle) {
  /** The account that owns the keys and tasks that are given without an account. */
  public static final String DEFAULT_ID = "1000000000000000";

  /** The shape of an account id. */
  static final Pattern ID = Pattern.compile("\\d{16}");

  public Account {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("an account id has 16 digits");
    }
    keys = List.copyOf(keys);
    roles = List.copyOf(roles);
    providers = List.copyOf(providers);
    regions = List.copyOf(regions);
  }

  public static Builder builder(String id) {
    return new Builder(id);
  }

  public RamArn roleArn(String name) {
    return RamArn.role(id, name);
  }

  public RamArn providerArn(String name) {
    return RamArn.oidcProvider(id, name);
  }

  /** Builds an {@link Account} part by part. */
  public static final class Builder {
    private final String id;
    private final List<AccessKey> keys = new ArrayList<>();
    private final List<Role> roles = new ArrayList<>();
    private final List<OidcProvider> providers = new ArrayList<>();
    private final List<Region> regions = new ArrayList<>();

    private Optional<Duration> throttle = Optional.empty();

    private Builder(String id) {
      this.id = id;
    }

    public Builder key(AccessKey key) {
      keys.add(key);
      return this;
    }

    public Builder role(Role role) {
      roles.add(role);
      return this;
    }

    public Builder provider(OidcProvider provider) {
      providers.add(provider);
      return this;
    }

    public Builder region(Region region) {
      regions.add(region);
      return this;
    }

    public Builder throttle(Duration retryAfter) {
      throttle = Optional.of(retryAfter);
      return this;
    }

    public Account build() {
      return new Account(id, keys, roles, providers, regions, throttle);
    }
  }
}
