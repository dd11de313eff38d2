package dev.acktask.simulator;

import dev.acktask.simulator.http.HttpServer;
import dev.acktask.simulator.journal.Journal;
import dev.acktask.simulator.journal.Served;
import dev.acktask.simulator.reply.Reply;
import dev.acktask.simulator.script.ScriptedTask;
import dev.acktask.simulator.script.TaskScript;
import dev.acktask.simulator.signature.Credential;
import dev.acktask.simulator.signature.SignatureCheck;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * A running fake of the ACK endpoint.
 *
 * <pre>{@code
 * try (Simulator simulator = Simulator.builder().credential("ak", "sk").start()) {
 *   simulator.answers("T-1", Reply.throttled(Duration.ofSeconds(2)), Reply.json(200, body));
 *   // point the client at simulator.endpoint(), then look at simulator.served("T-1")
 * }
 * }</pre>
 *
 * <p>A request is looked at in this order: an outage, the signature, answers given here, then the
 * scripts; a task that nobody knows is answered as the API does, with a 400.
 */
public final class Simulator implements AutoCloseable {
  private final SimulatorBuilder settings;
  private final Optional<SignatureCheck> check;
  private final Journal journal = new Journal();
  private final TaskBook book;
  private final TaskApi api;
  private final HttpServer server;

  Simulator(SimulatorBuilder settings) throws IOException {
    this.settings = settings;
    this.check = settings.check();
    this.book = new TaskBook(settings.clock, settings.observer);
    this.api =
        new TaskApi(check, book, journal, settings.clock, settings.latency(), settings.observer);
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

  /** Plays a script from now on, instead of whatever the task answered before. */
  public void play(TaskScript script) {
    book.play(new ScriptedTask(script, settings.speed, settings.clock.instant()));
  }

  /**
   * The answers to the reads of a task, one after the other; the last one repeats. The count begins
   * anew. Reads that a signature or an outage refused do not use up an answer.
   *
   * <p>A client may repeat a request by itself when the connection breaks, as the JDK's does for a
   * GET; such a repetition is a read like any other.
   */
  public void answers(String taskId, Reply first, Reply... more) {
    List<Reply> later = List.of(more);
    answers(
        taskId,
        call ->
            call == 1 || later.isEmpty() ? first : later.get(Math.min(call - 2, later.size() - 1)));
  }

  /** As {@link #answers(String, Reply, Reply...)}, by the number of the read, from 1. */
  public void answers(String taskId, IntFunction<Reply> replies) {
    book.answer(taskId, replies);
  }

  /** Answers every request with {@code reply}, whoever asks for whatever, until it recovers. */
  public void outage(Reply reply) {
    api.outage(Optional.of(reply));
  }

  /** Ends an outage. */
  public void recover() {
    api.outage(Optional.empty());
  }

  /** Accepts these keys and no others from now on. */
  public void credentials(Credential... accepted) {
    check.ifPresent(on -> on.accept(List.of(accepted)));
  }

  /** Every request that was read, oldest first; at most the last 10,000. */
  public List<Served> served() {
    return journal.served();
  }

  /** The requests that named {@code taskId}. */
  public List<Served> served(String taskId) {
    return journal.served(taskId);
  }

  /** How many requests named {@code taskId}, refused ones included. */
  public int callCount(String taskId) {
    return journal.requests(taskId);
  }

  /** Forgets what was served; the answers keep their place. */
  public void clear() {
    journal.clear();
  }

  /** Ends every connection, also those that hang on purpose. */
  @Override
  public void close() {
    server.close();
  }
}
