package dev.acktask.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class UncaughtErrorHandlerTest {
  private final AtomicInteger exits = new AtomicInteger();
  private final UncaughtErrorHandler handler = new UncaughtErrorHandler(exits::incrementAndGet);
  private final Thread.UncaughtExceptionHandler before =
      Thread.getDefaultUncaughtExceptionHandler();

  @BeforeEach
  void install() {
    Thread.setDefaultUncaughtExceptionHandler(handler);
  }

  @AfterEach
  void restore() {
    Thread.setDefaultUncaughtExceptionHandler(before);
  }

  @Test
  void shouldExitWhenAPlatformThreadEndsWithAnError() throws InterruptedException {
    Thread.ofPlatform().start(UncaughtErrorHandlerTest::fail).join();
    assertEquals(1, exits.get());
  }

  @Test
  void shouldExitWhenAVirtualThreadEndsWithAnError() throws InterruptedException {
    Thread.ofVirtual().start(UncaughtErrorHandlerTest::fail).join();
    assertEquals(1, exits.get());
  }

  @Test
  void shouldNotExitWhenAThreadEndsWithAnException() throws InterruptedException {
    Thread.ofVirtual()
        .start(
            () -> {
              throw new IllegalStateException("on purpose");
            })
        .join();
    assertEquals(0, exits.get());
  }

  @Test
  void shouldExitWhenTheErrorCannotBeLogged() {
    Throwable unprintable =
        new OutOfMemoryError() {
          @Override
          public String getMessage() {
            throw new OutOfMemoryError("again");
          }
        };
    assertThrows(
        OutOfMemoryError.class,
        () -> handler.uncaughtException(Thread.currentThread(), unprintable));
    assertEquals(1, exits.get());
  }

  private static void fail() {
    throw new AssertionError("on purpose");
  }
}
