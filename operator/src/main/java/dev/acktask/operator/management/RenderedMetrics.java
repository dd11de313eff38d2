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
 * The metrics page in one format, rendered completely before it is sent. A partial set of series
 * would resolve alerts.
 *
 * <p>Limits the cost of requests. One rendering serves all requests within {@link #MAX_AGE}. At
 * most {@link #MAX_RENDERINGS} renderings are in memory, including those that slow clients still
 * read. While all of them are being sent, the newest is sent again, at most as old as the maximum
 * duration of a response.
 */
public final class RenderedMetrics {
  /** Time for which a rendering is reused. */
  public static final Duration MAX_AGE = Duration.ofSeconds(1);

  /** Maximum number of renderings in memory; each takes about 90 bytes per task, as gzip. */
  static final int MAX_RENDERINGS = 3;

  private final ExpositionFormatWriter format;
  private final Supplier<MetricSnapshots> scrape;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Rendering> sending = new ArrayList<>();
  private @Nullable Rendering newest;

  private static final class Rendering {
    final byte[] zipped;
    final long length;
    final long renderedAt;
    int readers;

    Rendering(byte[] zipped, long length, long renderedAt) {
      this.zipped = zipped;
      this.length = length;
      this.renderedAt = renderedAt;
    }
  }

  public RenderedMetrics(
      ExpositionFormatWriter format, Supplier<MetricSnapshots> scrape, LongSupplier nanoTime) {
    this.format = format;
    this.scrape = scrape;
    this.nanoTime = nanoTime;
  }

  /** The page; it counts as being sent until the content is closed. */
  public HandlerResponse page() {
    lock.lock();
    try {
      Rendering page = current();
      page.readers++;
      if (!sending.contains(page)) {
        sending.add(page);
      }
      return new HandlerResponse(
          200, format.getContentType(), page.zipped, true, page.length, () -> release(page));
    } finally {
      lock.unlock();
    }
  }

  private Rendering current() {
    Rendering last = newest;
    if (last != null && (isFresh(last) || sending.size() >= MAX_RENDERINGS)) {
      return last;
    }
    Rendering rendered = render();
    newest = rendered;
    return rendered;
  }

  private boolean isFresh(Rendering page) {
    return nanoTime.getAsLong() - page.renderedAt < MAX_AGE.toNanos();
  }

  private void release(Rendering page) {
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
