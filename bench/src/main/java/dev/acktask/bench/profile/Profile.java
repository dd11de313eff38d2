package dev.acktask.bench.profile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * The samples of a JFR recording: how many there are of each method that was running, of each of
 * our methods that had called it, and of each group of threads. They are taken by processor time
 * (JEP 509), so that calls into the system are among them.
 */
public final class Profile {
  private static final String OURS = "dev.acktask.";
  private static final String SAMPLES = "jdk.CPUTimeSample";
  private static final int MAX_ROWS = 25;

  private final Map<String, Integer> running = new HashMap<>();
  private final Map<String, Integer> ours = new HashMap<>();
  private final Map<String, Integer> threads = new TreeMap<>();
  private int samples;

  private Profile() {}

  /** Records the process {@code pid} into {@code file} for as long as {@code work} takes. */
  public static <T> T record(long pid, Path file, Supplier<T> work) {
    jcmd(pid, "JFR.start", "name=bench", SAMPLES + "#enabled=true", SAMPLES + "#throttle=10ms");
    try {
      return work.get();
    } finally {
      jcmd(pid, "JFR.stop", "name=bench", "filename=" + file.toAbsolutePath());
    }
  }

  /** Reads a recording. */
  public static Profile read(Path file) {
    Profile profile = new Profile();
    try (RecordingFile recording = new RecordingFile(file)) {
      while (recording.hasMoreEvents()) {
        RecordedEvent event = recording.readEvent();
        if (event.getEventType().getName().equals(SAMPLES) && event.getStackTrace() != null) {
          profile.add(event.getStackTrace().getFrames(), event.getThread());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return profile;
  }

  /** The shares of all samples, largest first. */
  public String table() {
    return "profile: "
        + samples
        + " samples\n"
        + part("running", running)
        + part("called by", ours)
        + part("on threads", threads);
  }

  private void add(List<RecordedFrame> frames, RecordedThread thread) {
    samples++;
    running.merge(name(frames.get(0)), 1, Integer::sum);
    frames.stream()
        .map(Profile::name)
        .filter(name -> name.startsWith(OURS))
        .findFirst()
        .ifPresent(name -> ours.merge(name, 1, Integer::sum));
    String name = thread == null ? null : thread.getJavaName();
    threads.merge(name == null ? "?" : name.replaceAll("[0-9]+", "#"), 1, Integer::sum);
  }

  private String part(String title, Map<String, Integer> counts) {
    StringBuilder text = new StringBuilder("\n  " + title + "\n");
    counts.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(MAX_ROWS)
        .forEach(
            entry ->
                text.append(
                    "  %5.1f %%  %s%n"
                        .formatted(100.0 * entry.getValue() / samples, entry.getKey())));
    return text.toString();
  }

  private static String name(RecordedFrame frame) {
    return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
  }

  private static void jcmd(long pid, String... command) {
    ProcessBuilder builder = new ProcessBuilder();
    builder.command().add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
    builder.command().add(String.valueOf(pid));
    builder.command().addAll(List.of(command));
    try {
      int code = builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
      if (code != 0) {
        throw new IllegalStateException("jcmd " + command[0] + " ended with " + code);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
