package dev.acktask.simulator;

import dev.acktask.simulator.account.Account;
import dev.acktask.simulator.account.AccountsConfig;
import dev.acktask.simulator.response.Response;
import dev.acktask.simulator.signature.Credential;
import dev.acktask.simulator.signature.KeySource;
import dev.acktask.simulator.signature.SignatureCheck;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;

/** Settings of a {@link Simulator}. Defaults: loopback, a free port, verified signatures. */
public final class SimulatorBuilder {
  public static final String DEFAULT_REGION = "cn-hangzhou";

  final List<Credential> credentials = new ArrayList<>();
  final List<Account> accounts = new ArrayList<>();
  String defaultRegion = DEFAULT_REGION;
  InetAddress bind = InetAddress.getLoopbackAddress();
  int port;
  Optional<SSLContext> tls = Optional.empty();
  InstantSource clock = Clock.systemUTC();
  double speed = 1;
  Optional<Duration> sessionLifetime = Optional.empty();
  SimulatorObserver observer = SimulatorObserver.NONE;
  private boolean verify = true;
  private Duration dateWindow = SignatureCheck.DEFAULT_DATE_WINDOW;
  private Duration leastLatency = Duration.ZERO;
  private Duration mostLatency = Duration.ZERO;
  private long seed;

  SimulatorBuilder() {}

  /** Accepts this key of the default account; several may be given. */
  public SimulatorBuilder credential(String accessKeyId, String accessKeySecret) {
    return credential(Credential.of(accessKeyId, accessKeySecret));
  }

  public SimulatorBuilder credential(Credential credential) {
    credentials.add(credential);
    return this;
  }

  /** Adds an account with its keys, roles and regions, next to the default account. */
  public SimulatorBuilder account(Account account) {
    accounts.add(account);
    return this;
  }

  /** Adds the accounts of an accounts file, with its defaults. */
  public SimulatorBuilder accounts(AccountsConfig config) {
    config.accounts().forEach(this::account);
    config.defaultRegion().ifPresent(this::defaultRegion);
    config.sessionLifetime().ifPresent(this::sessionLifetime);
    return this;
  }

  /** The region of a request whose Host header names none; {@code cn-hangzhou} unless set. */
  public SimulatorBuilder defaultRegion(String regionId) {
    defaultRegion = regionId;
    return this;
  }

  /**
   * Answers every request without a check of its signature. The key that a request names still
   * decides the account; without a known key it is the default account.
   */
  public SimulatorBuilder withoutVerification() {
    verify = false;
    return this;
  }

  /** How far a request's date may be from the clock, either way; 15 minutes unless set. */
  public SimulatorBuilder dateWindow(Duration window) {
    dateWindow = window;
    return this;
  }

  public SimulatorBuilder bind(InetAddress address) {
    bind = address;
    return this;
  }

  /** 0 takes a free port. */
  public SimulatorBuilder port(int number) {
    port = number;
    return this;
  }

  /** Speaks TLS with the key of {@code context}. */
  public SimulatorBuilder tls(SSLContext context) {
    tls = Optional.of(context);
    return this;
  }

  /** The clock of scripts, signatures and the request log. Deliveries wait in real time. */
  public SimulatorBuilder clock(InstantSource source) {
    clock = source;
    return this;
  }

  /** Divides all offsets of scripts: 60 plays an hour in a minute. */
  public SimulatorBuilder speed(double factor) {
    if (!(factor > 0) || Double.isInfinite(factor)) {
      throw new IllegalArgumentException("a speed is a positive number");
    }
    speed = factor;
    return this;
  }

  /** As {@link Simulator#sessionLifetime}, from the start. */
  public SimulatorBuilder sessionLifetime(Duration lifetime) {
    sessionLifetime = Optional.of(lifetime);
    return this;
  }

  /** Delays each response by a random time in this range. */
  public SimulatorBuilder latency(Duration least, Duration most) {
    if (least.isNegative() || most.compareTo(least) < 0) {
      throw new IllegalArgumentException("a latency range goes from less to more");
    }
    leastLatency = least;
    mostLatency = most;
    return this;
  }

  /** Seed of all random values; 0 unless set, so that runs are reproducible. */
  public SimulatorBuilder seed(long value) {
    seed = value;
    return this;
  }

  public SimulatorBuilder observer(SimulatorObserver value) {
    observer = value;
    return this;
  }

  public Simulator start() throws IOException {
    return new Simulator(this);
  }

  Authentication authentication(KeySource keys) {
    return new Authentication(
        keys, verify ? Optional.of(new SignatureCheck(keys, clock, dateWindow)) : Optional.empty());
  }

  UnaryOperator<Response> latency() {
    if (mostLatency.isZero()) {
      return UnaryOperator.identity();
    }
    Random random = new Random(seed);
    long least = leastLatency.toNanos();
    long most = mostLatency.toNanos();
    return response ->
        response.deliver(
            delivery ->
                delivery.withDelay(delivery.delay().plusNanos(random.nextLong(least, most + 1))));
  }
}
