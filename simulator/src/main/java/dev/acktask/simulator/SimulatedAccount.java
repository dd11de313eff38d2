package dev.acktask.simulator;

import dev.acktask.simulator.account.AccessKey;
import dev.acktask.simulator.account.Account;
import dev.acktask.simulator.account.Role;
import dev.acktask.simulator.oidc.OidcProvider;
import dev.acktask.simulator.operation.Operation;
import dev.acktask.simulator.response.Response;
import dev.acktask.simulator.signature.Caller;
import dev.acktask.simulator.signature.Credential;
import dev.acktask.simulator.signature.SigningKey;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One account while the simulator runs. Keys, roles and providers may change at any time; sessions
 * that STS issued before stay valid until they expire, as in the cloud.
 */
public final class SimulatedAccount {
  private static final String EVERY_REGION = "";

  private final String id;
  private final boolean hasRegions;
  private final Supplier<TaskRegistry> registries;
  private final Map<String, SimulatedRegion> regions = new ConcurrentHashMap<>();
  private final Map<String, Role> roles = new ConcurrentHashMap<>();
  private final Map<String, OidcProvider> providers = new ConcurrentHashMap<>();
  private volatile Map<String, AccessKey> keys = Map.of();
  private volatile Optional<Function<Operation, Response>> outage = Optional.empty();

  private SimulatedAccount(String id, boolean hasRegions, Supplier<TaskRegistry> registries) {
    this.id = id;
    this.hasRegions = hasRegions;
    this.registries = registries;
  }

  /** An account with tasks per region; it has none yet. */
  static SimulatedAccount withRegions(String id, Supplier<TaskRegistry> registries) {
    return new SimulatedAccount(id, true, registries);
  }

  /** An account whose tasks are in every region. */
  static SimulatedAccount inEveryRegion(String id, Supplier<TaskRegistry> registries) {
    return new SimulatedAccount(id, false, registries);
  }

  public String id() {
    return id;
  }

  /** The region {@code regionId}; a new one has no clusters and no tasks. */
  public SimulatedRegion region(String regionId) {
    return regions.computeIfAbsent(
        hasRegions ? regionId : EVERY_REGION, any -> new SimulatedRegion(registries.get()));
  }

  /** As {@link #region}, but a region without clusters and tasks is not kept. */
  SimulatedRegion regionOfRequest(String regionId) {
    SimulatedRegion known = regions.get(hasRegions ? regionId : EVERY_REGION);
    return known == null ? new SimulatedRegion(registries.get()) : known;
  }

  /** Has exactly the keys, roles and providers of {@code account} from now on; tasks go on. */
  synchronized void configure(Account account) {
    Map<String, AccessKey> all = new LinkedHashMap<>();
    account.keys().forEach(key -> all.put(key.id(), key));
    keys = Map.copyOf(all);
    roles.keySet().retainAll(account.roles().stream().map(Role::name).toList());
    account.roles().forEach(this::putRole);
    providers.keySet().retainAll(account.providers().stream().map(OidcProvider::name).toList());
    account.providers().forEach(this::putProvider);
    account.throttle().ifPresentOrElse(this::throttle, this::recover);
    account.regions().forEach(region -> region(region.id()).add(region));
  }

  /** Adds a key, or replaces the one with its id. */
  public synchronized void putKey(AccessKey key) {
    Map<String, AccessKey> more = new LinkedHashMap<>(keys);
    more.put(key.id(), key);
    keys = Map.copyOf(more);
  }

  /** Removes a key: it is unknown from now on. */
  public synchronized void removeKey(String accessKeyId) {
    Map<String, AccessKey> fewer = new LinkedHashMap<>(keys);
    fewer.remove(accessKeyId);
    keys = Map.copyOf(fewer);
  }

  /**
   * Refuses requests that this key signs.
   *
   * @throws IllegalArgumentException when the account has no such key
   */
  public synchronized void disableKey(String accessKeyId) {
    putKey(known(accessKeyId).enabled(false));
  }

  /** Ends {@link #disableKey}. */
  public synchronized void enableKey(String accessKeyId) {
    putKey(known(accessKeyId).enabled(true));
  }

  /** Adds a role, or replaces the one with its name. */
  public void putRole(Role role) {
    roles.put(role.name(), role);
  }

  /** Refuses requests of STS for this role, as if its trust policy named nothing. */
  public void refuseRole(String name) {
    roles.computeIfPresent(name, (same, role) -> role.refused(true));
  }

  /** Ends {@link #refuseRole}. */
  public void allowRole(String name) {
    roles.computeIfPresent(name, (same, role) -> role.refused(false));
  }

  /** Registers an OIDC provider, or replaces the one with its name. */
  public void putProvider(OidcProvider provider) {
    providers.put(provider.name(), provider);
  }

  /**
   * Throttles each signed request of this account until {@link #recover}: HTTP 429 with the hint
   * {@code x-acs-retry-after} in milliseconds.
   */
  public void throttle(Duration retryAfter) {
    outage = Optional.of(operation -> Refusals.throttled(operation, retryAfter));
  }

  /** Answers each signed request of this account with {@code response} until {@link #recover}. */
  public void outage(Response response) {
    outage = Optional.of(operation -> response);
  }

  /** Ends {@link #throttle} and {@link #outage}. */
  public void recover() {
    outage = Optional.empty();
  }

  /** Accepts these keys and no others; of equal ids the first counts. */
  synchronized void replaceKeys(Collection<Credential> accepted) {
    Map<String, AccessKey> all = new LinkedHashMap<>();
    accepted.forEach(key -> all.putIfAbsent(key.accessKeyId(), AccessKey.of(key)));
    keys = Map.copyOf(all);
  }

  private AccessKey known(String accessKeyId) {
    return Optional.ofNullable(keys.get(accessKeyId))
        .orElseThrow(() -> new IllegalArgumentException("the account has no such key"));
  }

  Optional<Response> outage(Operation operation) {
    return outage.map(response -> response.apply(operation));
  }

  Optional<SigningKey> key(String accessKeyId) {
    return Optional.ofNullable(keys.get(accessKeyId))
        .map(
            key ->
                new SigningKey(
                    key.credential(),
                    new Caller(id, Optional.empty(), key.permitted()),
                    key.enabled(),
                    Optional.empty()));
  }

  Optional<Role> role(String name) {
    return Optional.ofNullable(roles.get(name));
  }

  Optional<OidcProvider> provider(String name) {
    return Optional.ofNullable(providers.get(name));
  }
}
