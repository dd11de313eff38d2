package dev.acktask.operator.alibaba;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.network.Origin;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which connection is used again, and when, on a clock of the test. */
final class IdleConnectionsTest {
  private static final Origin HERE = new Origin("here.test", 443, true);
  private static final Origin THERE = new Origin("there.test", 443, true);
  private static final long QUIET = IdleConnections.QUIET.toNanos();

  private final FakeClock clock = new FakeClock();
  private final IdleConnections<FakeConnection> idle = new IdleConnections<>(2, clock);

  private static final class FakeConnection implements IdleConnections.Reusable {
    private boolean isUsable = true;
    private boolean isClosed;

    @Override
    public boolean reserve() {
      return isUsable;
    }

    @Override
    public boolean isClosed() {
      return isClosed;
    }

    @Override
    public void close() {
      isClosed = true;
    }
  }

  private FakeConnection put() {
    FakeConnection connection = new FakeConnection();
    idle.put(HERE, connection);
    return connection;
  }

  @Test
  void shouldWaitForTheRestOfTheQuietTime() {
    FakeConnection connection = put();
    clock.advance(QUIET - 1);

    assertEquals(Optional.of(connection), idle.take(HERE));
    assertEquals(1, clock.pausedNanos());
  }

  @Test
  void shouldNotWaitForAConnectionThatWasQuiet() {
    FakeConnection connection = put();
    clock.advance(QUIET);

    assertEquals(Optional.of(connection), idle.take(HERE));
    assertEquals(0, clock.pausedNanos());
  }

  @Test
  void shouldCountTheQuietTimeFromTheLastAnswer() {
    FakeConnection connection = put();
    assertEquals(Optional.of(connection), idle.take(HERE));
    idle.put(HERE, connection);

    assertEquals(Optional.of(connection), idle.take(HERE));
    assertEquals(2 * QUIET, clock.pausedNanos());
  }

  @Test
  void shouldTakeTheOneThatIsQuietFirst() {
    FakeConnection first = put();
    clock.advance(1);
    put();

    assertEquals(Optional.of(first), idle.take(HERE));
  }

  @Test
  void shouldNotWaitForAConnectionThatIsClosed() {
    put().close();

    assertEquals(Optional.empty(), idle.take(HERE));
    assertEquals(0, clock.pausedNanos());
  }

  @Test
  void shouldTakeTheLatestThatWasQuiet() {
    put();
    FakeConnection latest = put();
    clock.advance(QUIET);

    assertEquals(Optional.of(latest), idle.take(HERE));
  }

  @Test
  void shouldPassOverALaterOneThatWasNotQuietYet() {
    FakeConnection first = put();
    clock.advance(QUIET);
    FakeConnection second = put();

    assertEquals(Optional.of(first), idle.take(HERE));
    assertFalse(second.isClosed);
  }

  @Test
  void shouldTakeEachConnectionOnce() {
    FakeConnection connection = put();
    clock.advance(QUIET);

    assertEquals(Optional.of(connection), idle.take(HERE));
    assertEquals(Optional.empty(), idle.take(HERE));
  }

  @Test
  void shouldTakeNoConnectionToAnotherOrigin() {
    put();
    clock.advance(QUIET);

    assertEquals(Optional.empty(), idle.take(THERE));
  }

  @Test
  void shouldCloseAConnectionThatCannotBeReserved() {
    FakeConnection usable = put();
    FakeConnection unusable = put();
    unusable.isUsable = false;
    clock.advance(QUIET);

    assertEquals(Optional.of(usable), idle.take(HERE));
    assertTrue(unusable.isClosed);
  }

  @Test
  void shouldCloseTheOldestWhenThereAreTooMany() {
    FakeConnection oldest = put();
    FakeConnection second = put();
    FakeConnection third = put();

    assertTrue(oldest.isClosed);
    assertFalse(second.isClosed || third.isClosed);
  }

  @Test
  void shouldNotCountConnectionsThatAreClosed() {
    FakeConnection first = put();
    put().close();
    put();

    assertFalse(first.isClosed);
  }

  @Test
  void shouldCloseAll() {
    FakeConnection first = put();
    FakeConnection second = put();

    idle.closeAll();

    clock.advance(QUIET);
    assertTrue(first.isClosed && second.isClosed);
    assertEquals(Optional.empty(), idle.take(HERE));
  }
}
