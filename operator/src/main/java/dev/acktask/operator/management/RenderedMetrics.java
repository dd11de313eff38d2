package dev.acktask.operator.management;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The page of metrics in one format, made as a whole before anything is sent: half of the series,
 * sent as if they were all, would end alerts.
 *
 * <p>It bounds what clients cost. A page serves all requests of one second. At most {@link #KEPT}
 * pages are kept, those included that slow readers have not read yet; while all of them are being
 * sent, the newest is sent again. It is then as old as a response may take, not older.
 */
final class RenderedMetrics {
  /** How long a page is new. */
  static final Duration FRESH = Duration.ofSeconds(1);

  /** Pages in memory: in gzip, about 90 bytes for each task. */
  static final int KEPT = 3;

  private final ExpositionFormatWriter format;
  private final Supplier<MetricSnapshots> scrape;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Rendering> sending = new ArrayList<>();
  private @Nullable Rendering newest;

  private static final class Rendering {
    final byte[] zipped;
    final long length;
    final long madeAt;
    int readers;

    Rendering(byte[] zipped, long length, long madeAt) {
      this.zipped = zipped;
      this.length = length;
      this.madeAt = madeAt;
    }
  }

  RenderedMetrics(
      ExpositionFormatWriter format, Supplier<MetricSnapshots> scrape, LongSupplier nanoTime) {
    this.format = format;
    this.scrape = scrape;
    this.nanoTime = nanoTime;
  }

  /** The page; it counts as being sent until it is closed. */
  Content page() {
    lock.lock();
    try {
      Rendering page = current();
      page.readers++;
      if (!sending.contains(page)) {
        sending.add(page);
      }
      return new Content(
          200, format.getContentType(), page.zipped, true, page.length, () -> sent(page));
    } finally {
      lock.unlock();
    }
  }

  private Rendering current() {
    Rendering last = newest;
    if (last != null && (isFresh(last) || sending.size() >= KEPT)) {
      return last;
    }
    Rendering made = render();
    newest = made;
    return made;
  }

  private boolean isFresh(Rendering page) {
    return nanoTime.getAsLong() - page.madeAt < FRESH.toNanos();
  }

  private void sent(Rendering page) {
    lock.lock();
    try {
      page.readers--;
      if (page.readers == 0) {
        sending.remove(page);
      }
    } finally {
      lock.unlock();
    }
  }

  private Rendering render() {
    MetricSnapshots all = scrape.get();
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    CountingStream plain;
    try (CountingStream out = new CountingStream(new GZIPOutputStream(zipped, 16 * 1024))) {
      plain = out;
      format.write(out, all, EscapingScheme.UNDERSCORE_ESCAPING);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return new Rendering(zipped.toByteArray(), plain.count, nanoTime.getAsLong());
  }

  private static final class CountingStream extends FilterOutputStream {
    private long count;

    CountingStream(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      count++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      count += length;
    }
  }
}
