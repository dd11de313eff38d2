package dev.acktask.e2e.gates;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/** Archives of small text files, in the format ustar. */
final class TarGz {
  private static final int BLOCK = 512;
  private static final int NAME_BYTES = 100;
  private static final int CHECKSUM_AT = 148;

  private TarGz() {}

  /**
   * The archive; equal files give equal bytes.
   *
   * @param files content by path
   */
  static byte[] of(Map<String, String> files) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      for (Map.Entry<String, String> file : new TreeMap<>(files).entrySet()) {
        byte[] content = file.getValue().getBytes(UTF_8);
        out.write(header(file.getKey(), content.length));
        out.write(content);
        out.write(new byte[Math.floorMod(-content.length, BLOCK)]);
      }
      out.write(new byte[2 * BLOCK]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] header(String name, int size) {
    if (name.getBytes(UTF_8).length > NAME_BYTES) {
      throw new IllegalArgumentException(name + " is longer than " + NAME_BYTES + " bytes");
    }
    byte[] header = new byte[BLOCK];
    put(header, 0, name);
    put(header, 100, "0000644\0");
    put(header, 108, "0000000\0");
    put(header, 116, "0000000\0");
    put(header, 124, "%011o\0".formatted(size));
    put(header, 136, "%011o\0".formatted(0));
    put(header, CHECKSUM_AT, " ".repeat(8));
    put(header, 156, "0");
    put(header, 257, "ustar\00000");
    int sum = 0;
    for (byte each : header) {
      sum += Byte.toUnsignedInt(each);
    }
    put(header, CHECKSUM_AT, "%06o\0 ".formatted(sum));
    return header;
  }

  private static void put(byte[] header, int offset, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    System.arraycopy(bytes, 0, header, offset, bytes.length);
  }
}
