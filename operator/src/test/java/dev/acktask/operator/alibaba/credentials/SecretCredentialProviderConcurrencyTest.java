package dev.acktask.operator.alibaba.credentials;

import static dev.acktask.operator.alibaba.credentials.CredentialAssertions.assertMissing;
import static dev.acktask.operator.alibaba.credentials.CredentialAssertions.assertReady;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A read of the Secret that takes long. Reads wait in a queue until the test runs them. */
final class SecretCredentialProviderConcurrencyTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final TestTime time = new TestTime();
  private final FakeSecrets secrets = new FakeSecrets();
  private final Deque<Runnable> queue = new ArrayDeque<>();

  @Test
  void shouldUseTheKeyAtHandWhileARereadHangs() {
    // given
    SecretCredentialProvider credentials = provider(Duration.ofMillis(1));
    Credential first = read(credentials);

    // when
    time.pass(Duration.ofSeconds(31));

    // then
    assertSame(first, assertReady(credentials.current()));
    assertSame(first, assertReady(credentials.current()));
    assertEquals(1, queue.size());
  }

  @Test
  void shouldReadAgainWhenAReadHangsForAMinute() {
    // given
    SecretCredentialProvider credentials = provider(Duration.ofMillis(1));
    assertMissing(credentials.current());
    Runnable hanging = queue.remove();

    // when
    time.pass(Duration.ofSeconds(61));
    secrets.put("shop", "alibaba", "new", "secret");
    credentials.current();
    queue.remove().run();
    secrets.delete("shop", "alibaba");
    hanging.run();

    // then
    assertEquals("new", assertReady(credentials.current()).accessKeyId());
  }

  @Test
  void shouldNotUseTheKeyForLongerThanTenMinutesWhenReadsHang() {
    SecretCredentialProvider credentials = provider(Duration.ofMillis(1));
    read(credentials);

    time.pass(Duration.ofMinutes(10));

    assertMissing(credentials.current());
  }

  @Test
  @Tag("F95")
  void shouldMakeOtherCallersOfARefusedKeyWaitForTheSameRead() throws Exception {
    // given
    SecretCredentialProvider credentials = provider(LONG);
    Credential old = read(credentials);
    secrets.put("shop", "alibaba", "new", "secret");
    time.pass(Duration.ofSeconds(6));
    credentials.reportRefused(old);

    // when
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var one = threads.submit(credentials::current);
      var other = threads.submit(credentials::current);
      while (queuedReads() == 0) {
        Thread.onSpinWait();
      }
      takeQueued().run();

      // then
      assertEquals("new", assertReady(one.get()).accessKeyId());
      assertEquals("new", assertReady(other.get()).accessKeyId());
    }
    assertEquals(2, secrets.reads().size());
  }

  private Credential read(SecretCredentialProvider credentials) {
    secrets.put("shop", "alibaba", "old", "secret");
    Thread reader = Thread.ofVirtual().start(credentials::current);
    while (queuedReads() == 0) {
      Thread.onSpinWait();
    }
    takeQueued().run();
    try {
      reader.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return assertReady(credentials.current());
  }

  private SecretCredentialProvider provider(Duration timeout) {
    return new SecretCredentialProvider(
        secrets,
        new AccessKeySecret("shop", "alibaba"),
        new Timing(time::now, time::nanos, this::enqueue, new Random(1)),
        timeout);
  }

  private void enqueue(Runnable read) {
    synchronized (queue) {
      queue.add(read);
    }
  }

  private int queuedReads() {
    synchronized (queue) {
      return queue.size();
    }
  }

  private Runnable takeQueued() {
    synchronized (queue) {
      return queue.remove();
    }
  }
}
