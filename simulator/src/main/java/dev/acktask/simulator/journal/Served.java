package dev.acktask.simulator.journal;

import dev.acktask.simulator.http.Request;
import dev.acktask.simulator.http.Transmission;
import dev.acktask.simulator.reply.Header;
import dev.acktask.simulator.signature.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One request and what was answered.
 *
 * @param time when the request had been read
 * @param taskId the task that the path names
 * @param call which of the task's answers this was, counted from 1; 0 when the request was refused,
 *     or hit by an outage, before the task was looked at
 * @param headers with {@code ***} for the values of those that can hold a secret
 * @param fault the fault that shaped the answer
 * @param status the status that the answer names; 0 when it names none
 * @param transmission what became of the answer on the wire, live
 */
public record Served(
    Instant time,
    Optional<String> taskId,
    int call,
    String requestLine,
    List<Header> headers,
    Verdict verdict,
    Optional<String> fault,
    int status,
    Transmission transmission) {
  private static final Set<String> SECRET =
      Set.of("authorization", "proxy-authorization", "x-acs-security-token", "cookie");

  /** The headers of {@code request} as they may be shown. */
  public static List<Header> shown(Request request) {
    return request.headers().stream()
        .map(
            header ->
                SECRET.contains(header.name().toLowerCase(Locale.ROOT))
                    ? new Header(header.name(), "***")
                    : header)
        .toList();
  }

  /** What followed the head of the answer, as text; the first 64 KiB of it. */
  public String body() {
    return transmission.body();
  }

  /** All bytes of the answer that were sent. */
  public long bytes() {
    return transmission.bytes();
  }

  public Transmission.Outcome outcome() {
    return transmission.outcome();
  }
}
