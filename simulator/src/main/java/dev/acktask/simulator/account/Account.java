package dev.acktask.simulator.account;

import dev.acktask.simulator.oidc.OidcProvider;
import java.util.ArrayList;
import java.util.List;

/**
 * An account at the start of the simulator.
 *
 * @param id 16 digits; invent them
 * @param providers the OIDC providers that roles may trust
 */
public record Account(
    String id,
    List<AccessKey> keys,
    List<Role> roles,
    List<OidcProvider> providers,
    List<Region> regions) {
  public Account {
    if (!id.matches("\\d{16}")) {
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

    public Account build() {
      return new Account(id, keys, roles, providers, regions);
    }
  }
}
