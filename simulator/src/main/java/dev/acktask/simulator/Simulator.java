package dev.acktask.simulator;

import dev.acktask.simulator.account.Account;
import dev.acktask.simulator.account.AccountsConfig;
import dev.acktask.simulator.http.HttpServer;
import dev.acktask.simulator.requestlog.RequestLog;
import dev.acktask.simulator.requestlog.RequestRecord;
import dev.acktask.simulator.response.Response;
import dev.acktask.simulator.script.TaskScript;
import dev.acktask.simulator.signature.Credential;
import dev.acktask.simulator.sts.Sessions;
import dev.acktask.simulator.sts.Sts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * A running fake of the ACK endpoint.
 *
 * <pre>{@code
 * try (Simulator simulator = Simulator.builder().credential("ak", "sk").start()) {
 *   simulator.answers("T-1", Response.throttled(Duration.ofSeconds(2)), Response.json(200, body));
 *   // point the client at simulator.endpoint(), then check simulator.served("T-1")
 * }
 * }</pre>
 *
 * <p>Order of checks for a request: outage, signature, outage of the account, permission, {@link
 * #answers}, scripts. An unknown task is answered with a 400, like the API does.
 *
 * <p>Keys given to the builder, and the tasks given here, are those of the default account, which
 * has the same tasks in every region. {@link #account} controls the other accounts.
 */
public final class Simulator implements AutoCloseable {
  /** Id of the account that owns the keys and tasks without an account. */
  public static final String DEFAULT_ACCOUNT = Account.DEFAULT_ID;

  private final SimulatorBuilder settings;
  private final RequestLog requestLog = new RequestLog();
  private final Accounts accounts;
  private final SimulatedRegion everyRegion;
  private final Sessions sessions;
  private final CloudApi api;
  private final HttpServer server;

  Simulator(SimulatorBuilder settings) throws IOException {
    this.settings = settings;
    this.accounts =
        new Accounts(() -> new TaskRegistry(settings.clock, settings.speed, settings.observer));
    accounts.configure(settings.accounts);
    this.everyRegion = accounts.defaultAccount().region(settings.defaultRegion);
    accounts.defaultAccount().replaceKeys(settings.credentials);
    this.sessions = new Sessions(accounts, settings.clock, settings.observer::issued);
    sessions.lifetime(settings.sessionLifetime);
    this.api =
        new CloudApi(
            settings,
            accounts,
            settings.authentication(id -> accounts.find(id).or(() -> sessions.find(id))),
            new Sts(accounts, sessions, settings.clock),
            requestLog);
    this.server =
        HttpServer.start(new InetSocketAddress(settings.bind, settings.port), settings.tls, api);
  }

  public static SimulatorBuilder builder() {
    return new SimulatorBuilder();
  }

  /** {@code http://127.0.0.1:port}, or {@code https} with TLS; no path, no trailing slash. */
  public URI endpoint() {
    String host = server.address().getHostAddress();
    return URI.create(
        (settings.tls.isPresent() ? "https://" : "http://")
            + (host.contains(":") ? "[" + host + "]" : host)
            + ":"
            + server.port());
  }

  public int port() {
    return server.port();
  }

  /**
   * The account {@code accountId}, to change it while the simulator runs.
   *
   * @throws IllegalArgumentException when there is no such account
   */
  public SimulatedAccount account(String accountId) {
    return accounts
        .withId(accountId)
        .orElseThrow(() -> new IllegalArgumentException("no account has the id " + accountId));
  }

  /** Plays {@code script} from now on; replaces earlier answers and scripts of its task. */
  public void play(TaskScript script) {
    everyRegion.play(script);
  }

  /**
   * Sets the responses to the reads of a task, in order; the last one repeats. The count restarts
   * at 1. Reads that an outage or a signature refuses do not count.
   *
   * <p>Some HTTP clients, such as that of the JDK, repeat a GET when the connection breaks. Such a
   * repetition counts as a read.
   */
  public void answers(String taskId, Response first, Response... more) {
    everyRegion.answers(taskId, first, more);
  }

  /** Sets the responses of a task as a function of the number of the read, from 1. */
  public void answers(String taskId, IntFunction<Response> responses) {
    everyRegion.answers(taskId, responses);
  }

  /** Answers every request with {@code response} until {@link #recover}. */
  public void outage(Response response) {
    api.outage(Optional.of(response));
  }

  /** Ends an outage. */
  public void recover() {
    api.outage(Optional.empty());
  }

  /** Accepts these keys of the default account and no others of it from now on. */
  public void credentials(Credential... accepted) {
    accounts.defaultAccount().replaceKeys(List.of(accepted));
  }

  /**
   * Replaces the accounts by those of {@code config}, with their keys, roles, providers and
   * throttling, and the lifetime of sessions. Tasks that are played go on, new ones start; the
   * default account and the default region stay.
   *
   * @throws IllegalArgumentException when the id of an account or key is given twice
   */
  public void configure(AccountsConfig config) {
    accounts.configure(config.accounts());
    sessions.lifetime(config.sessionLifetime());
  }

  /** The time that sessions of STS last from now on, whatever their requests ask for. */
  public void sessionLifetime(Duration lifetime) {
    sessions.lifetime(Optional.of(lifetime));
  }

  /** Every request that was read, oldest first; at most the last 10,000. */
  public List<RequestRecord> served() {
    return requestLog.served();
  }

  /** The requests that named {@code taskId}. */
  public List<RequestRecord> served(String taskId) {
    return requestLog.served(taskId);
  }

  /** How many requests named {@code taskId}, refused ones included. */
  public int callCount(String taskId) {
    return requestLog.requests(taskId);
  }

  /**
   * How many requests listed the tasks of the cluster {@code clusterId}, one for each page, refused
   * ones included.
   */
  public int listCount(String clusterId) {
    return requestLog.lists(clusterId);
  }

  /** Clears the request log and the counts; the order of answers is kept. */
  public void clear() {
    requestLog.clear();
  }

  /** Closes every connection, also those that hang on purpose. */
  @Override
  public void close() {
    server.close();
  }
}
