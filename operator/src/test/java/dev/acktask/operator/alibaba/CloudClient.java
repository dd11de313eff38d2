package dev.acktask.operator.alibaba;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.acktask.operator.alibaba.credentials.Credential;
import dev.acktask.operator.alibaba.credentials.CredentialLookup;
import dev.acktask.operator.alibaba.credentials.CredentialProvider;
import dev.acktask.operator.proxy.ProxyPolicy;
import dev.acktask.operator.task.AnswerDigest;
import dev.acktask.operator.task.ListClient;
import dev.acktask.operator.task.RegionId;
import dev.acktask.operator.task.TaskClient;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskRef;
import dev.acktask.operator.tls.TrustedAuthorities;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The real client with the real transport; every setting can be changed. */
public final class CloudClient implements TaskClient, AutoCloseable {
  public static final String ACCESS_KEY_ID = "LTAI5tCANARYid";
  public static final String SECRET = "CANARYsecret";

  public static final RegionId REGION = new RegionId("cn-hangzhou");

  /** Longer than any call on loopback takes. */
  private static final Duration AMPLE = Duration.ofSeconds(20);

  private final CloudTransport transport;
  private final TaskClient client;
  private final ListClient lists;
  private final List<Credential> refused = new ArrayList<>();

  private CloudClient(
      CloudTransport transport,
      Endpoint endpoint,
      CredentialLookup credential,
      InstantSource clock) {
    this.transport = transport;
    CredentialProvider source =
        new CredentialProvider() {
          @Override
          public CredentialLookup current() {
            return credential;
          }

          @Override
          public void reportRefused(Credential value) {
            refused.add(value);
          }
        };
    this.client = new AlibabaTaskClient(transport, endpoint, source, clock);
    this.lists = new AlibabaListClient(transport, endpoint, REGION, source, clock);
  }

  public static Builder of(URI endpoint) {
    return new Builder(endpoint.toString());
  }

  public static Builder of(String endpoint) {
    return new Builder(endpoint);
  }

  @Override
  public TaskLookup describe(TaskRef task) {
    return client.describe(task);
  }

  @Override
  public TaskLookup describe(TaskRef task, AnswerDigest known) {
    return client.describe(task, known);
  }

  public TaskLookup describe(String taskId) {
    return client.describe(new TaskRef(taskId));
  }

  public ListClient lists() {
    return lists;
  }

  /** Number of rejected credentials that were reported to the provider. */
  public int refusals() {
    return refused.size();
  }

  @Override
  public void close() {
    transport.close();
  }

  /** Settings with usable defaults. */
  public static final class Builder {
    private final String endpoint;
    private Duration timeout = AMPLE;
    private int maxBytes = Answer.MAX_BYTES;
    private HostResolver resolver = HostResolver.system();
    private AddressPolicy addresses = AddressPolicy.ANY;
    private Supplier<SSLContext> tls = TrustedAuthorities.ofJdk()::context;
    private ProxyPolicy proxies = ProxyPolicy.DIRECT;
    private CredentialLookup credential = Credential.parse(ACCESS_KEY_ID, SECRET, null);
    private InstantSource clock = InstantSource.system();

    private Builder(String endpoint) {
      this.endpoint = endpoint;
    }

    public Builder timeout(Duration value) {
      timeout = value;
      return this;
    }

    public Builder maxBytes(int value) {
      maxBytes = value;
      return this;
    }

    /** Checks addresses as in production; DNS returns these. */
    public Builder checkingAddresses(AddressPolicy range, HostResolver names) {
      addresses = range;
      resolver = names;
      return this;
    }

    public Builder through(ProxyPolicy policy) {
      proxies = policy;
      return this;
    }

    public Builder trusting(SSLContext context) {
      tls = () -> context;
      return this;
    }

    public Builder trusting(TrustedAuthorities authorities) {
      tls = authorities::context;
      return this;
    }

    public Builder credential(String id, String secret, @Nullable String token) {
      credential =
          assertInstanceOf(CredentialLookup.Ready.class, Credential.parse(id, secret, token));
      return this;
    }

    public Builder credential(CredentialLookup lookup) {
      credential = lookup;
      return this;
    }

    public Builder clock(InstantSource value) {
      clock = value;
      return this;
    }

    public CloudClient build() {
      return new CloudClient(
          new CloudTransport(timeout, maxBytes, resolver, tls, proxies, new FakeClock()),
          new Endpoint(URI.create(endpoint), addresses),
          credential,
          clock);
    }
  }
}
