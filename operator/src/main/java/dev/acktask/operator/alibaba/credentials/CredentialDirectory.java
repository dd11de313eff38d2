package dev.acktask.operator.alibaba.credentials;

import dev.acktask.operator.alibaba.credentials.Credential.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An access key in the files of a mounted Secret. A replaced or deleted key takes effect at the
 * next request: each request compares the file attributes, in less than 0.1 ms, and reads changed
 * files again.
 */
final class CredentialDirectory implements CredentialProvider {
  private static final Logger LOG = LoggerFactory.getLogger(CredentialDirectory.class);

  /**
   * Kubernetes replaces all files of a volume at once, by pointing this link at another directory.
   */
  private static final String DATA = "..data";

  /** Bytes; the longest part, a security token, has at most 16,384 characters. */
  private static final int MAX_BYTES = 32_768;

  /** Limits repeated reads when the files change during a read. */
  private static final int MAX_READS = 3;

  private final Path directory;
  private List<Object> readVersion = List.of();
  private CredentialLookup credential = new CredentialLookup.Missing("");

  CredentialDirectory(Path directory) {
    this.directory = directory;
  }

  @Override
  public synchronized CredentialLookup current() {
    List<Object> version = version();
    for (int reads = 0; !version.equals(readVersion); reads++) {
      CredentialLookup next = read();
      List<Object> after = version();
      if (after.equals(version) || reads == MAX_READS) {
        accept(next);
        readVersion = version;
        break;
      }
      version = after;
    }
    return credential;
  }

  /** Forces a new read: on some file systems the times do not change with every write. */
  @Override
  public synchronized void reportRefused(Credential refused) {
    if (credential instanceof CredentialLookup.Ready ready && ready.credential() == refused) {
      readVersion = List.of();
    }
  }

  private void accept(CredentialLookup next) {
    if (isSame(next, credential)) {
      return;
    }
    switch (next) {
      case CredentialLookup.Ready ready -> {
        if (!readVersion.isEmpty()) {
          LOG.atInfo().addKeyValue("directory", directory).log("The access key was replaced");
        }
      }
      case CredentialLookup.NotReady problem ->
          LOG.warn("The access key cannot be used: {}", problem.message());
    }
    credential = next;
  }

  private static boolean isSame(CredentialLookup next, CredentialLookup known) {
    if (next instanceof CredentialLookup.Ready read
        && known instanceof CredentialLookup.Ready had) {
      return read.credential().isSameAs(had.credential());
    }
    return next.equals(known);
  }

  /** Differs after a file was replaced, changed, added or removed. */
  private List<Object> version() {
    List<Object> version = new ArrayList<>();
    version.add(folder());
    for (Part part : Part.values()) {
      try {
        BasicFileAttributes file =
            Files.readAttributes(directory.resolve(part.key()), BasicFileAttributes.class);
        version.add(file.lastModifiedTime());
        version.add(file.size());
        version.add(String.valueOf(file.fileKey()));
      } catch (IOException absent) {
        version.add("absent");
      }
    }
    return version;
  }

  /** The directory of the files: all three are read from the same one, even if the link changes. */
  private Path folder() {
    try {
      return directory.resolve(DATA).toRealPath();
    } catch (IOException notMounted) {
      return directory;
    }
  }

  private CredentialLookup read() {
    Path folder = folder();
    try {
      String id = text(folder, Part.ACCESS_KEY_ID);
      String secret = text(folder, Part.ACCESS_KEY_SECRET);
      String token = text(folder, Part.SECURITY_TOKEN);
      if (id == null || id.isBlank() || secret == null || secret.isBlank()) {
        Part part = id == null || id.isBlank() ? Part.ACCESS_KEY_ID : Part.ACCESS_KEY_SECRET;
        String name = part.key();
        return new CredentialLookup.Missing(
            "The file "
                + directory.resolve(name)
                + " is missing or empty. Add the key "
                + name
                + " to the Secret that is mounted there.");
      }
      return Credential.parse(id, secret, token, this::described);
    } catch (Unusable file) {
      return new CredentialLookup.Invalid(file.sentence);
    }
  }

  private String described(Part part) {
    return "text in the file " + directory.resolve(part.key());
  }

  private @Nullable String text(Path folder, Part part) throws Unusable {
    String label = "The file " + directory.resolve(part.key());
    try (InputStream file = Files.newInputStream(folder.resolve(part.key()))) {
      byte[] bytes = file.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new Unusable(label + " is too large for a part of an access key.");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (NoSuchFileException absent) {
      return null;
    } catch (CharacterCodingException binary) {
      throw new Unusable(label + " is not text in UTF-8.");
    } catch (IOException unreadable) {
      throw new Unusable(label + " cannot be read. Check its permissions.");
    }
  }

  private static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;
    private final String sentence;

    Unusable(String sentence) {
      super(sentence);
      this.sentence = sentence;
    }
  }
}
