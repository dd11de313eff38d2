package dev.acktask.operator.alibaba;

import dev.acktask.operator.alibaba.credentials.Credential;
import dev.acktask.operator.alibaba.credentials.CredentialProvider;
import dev.acktask.operator.alibaba.response.ListFormat;
import dev.acktask.operator.alibaba.response.ListResponseReader;
import dev.acktask.operator.alibaba.signing.NonceGenerator;
import dev.acktask.operator.alibaba.signing.RequestSigner;
import dev.acktask.operator.task.ListClient;
import dev.acktask.operator.task.ListPage;
import dev.acktask.operator.task.ListedCluster;
import dev.acktask.operator.task.ListedTask;
import dev.acktask.operator.task.Listing;
import dev.acktask.operator.task.MaintenancePlan;
import dev.acktask.operator.task.PageRequest;
import dev.acktask.operator.task.RegionId;
import dev.acktask.operator.task.TaskLookup.NoAnswer;
import dev.acktask.operator.task.TaskLookup.Rejected;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import java.time.InstantSource;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists clusters, tasks and plans of one account in one region. */
public final class AlibabaListClient implements ListClient {
  /**
   * Limit of a list in bytes; {@code ACKTASK_MAX_RESPONSE_BYTES} may be lower. A hundred entries
   * have some ten kilobytes.
   */
  public static final int MAX_BODY_BYTES = 1024 * 1024;

  private final SignedCalls calls;
  private final RequestSigner signer;
  private final ListResponseReader reader;
  private final RegionId region;

  /**
   * @param region of the lists
   */
  public AlibabaListClient(
      CloudTransport transport,
      Endpoint endpoint,
      RegionId region,
      CredentialProvider credentials,
      InstantSource clock) {
    this.calls = new SignedCalls(transport, endpoint, credentials);
    this.signer = new RequestSigner(endpoint, clock, new NonceGenerator());
    this.reader = new ListResponseReader(clock);
    this.region = region;
  }

  /** Sends nothing for an id that no cluster can have: it could change the path of the request. */
  @Override
  public Listing<ListedTask> tasks(String clusterId, PageRequest page) {
    return tasks(clusterId, page, reader::read);
  }

  /** Sends nothing for an id that no cluster can have, as the other one. */
  @Override
  public Listing<ListedTask> tasks(String clusterId, PageRequest page, ListPage<ListedTask> known) {
    return tasks(clusterId, page, (answer, format) -> reader.read(answer, format, known));
  }

  private Listing<ListedTask> tasks(
      String clusterId,
      PageRequest page,
      BiFunction<HttpAnswer, ListFormat<ListedTask>, Listing<ListedTask>> read) {
    if (!ListedCluster.isId(clusterId)) {
      return new Listing.Failed<>(
          new Rejected(
              Refusal.INVALID_REQUEST,
              "A cluster id has 1 to 64 letters, digits and hyphens. Correct the id of the cluster"
                  + " whose tasks are to be listed.",
              null));
    }
    ListFormat<ListedTask> format = ListFormat.tasks(clusterId);
    return calls.make(
        new Call<>(
            credential -> signer.clusterTasks(clusterId, page, credential),
            answer -> read.apply(answer, format)));
  }

  @Override
  public Listing<ListedCluster> clusters(PageRequest page) {
    Listing<ListedCluster> listing =
        list(credential -> signer.clusters(region, page, credential), ListFormat.clusters());
    return listing instanceof Listing.Listed<ListedCluster> listed
        ? new Listing.Listed<>(ofRegion(listed.page()))
        : listing;
  }

  /** The region in the request is a filter, which the cloud may ignore. */
  private ListPage<ListedCluster> ofRegion(ListPage<ListedCluster> page) {
    return page.keeping(
        cluster -> cluster.regionId() == null || cluster.regionId().equals(region.id()));
  }

  @Override
  public Listing<MaintenancePlan> plans() {
    return list(credential -> signer.operationPlans(region, credential), ListFormat.plans());
  }

  private <T> Listing<T> list(Function<Credential, HttpRequest> request, ListFormat<T> format) {
    return calls.make(new Call<>(request, answer -> reader.read(answer, format)));
  }

  private record Call<T>(
      Function<Credential, HttpRequest> signed, Function<HttpAnswer, Listing<T>> reader)
      implements SignedCall<Listing<T>> {
    @Override
    public HttpRequest request(Credential credential) {
      return signed.apply(credential);
    }

    @Override
    public int maxBodyBytes() {
      return MAX_BODY_BYTES;
    }

    @Override
    public Listing<T> read(HttpAnswer answer) {
      return reader.apply(answer);
    }

    @Override
    public Listing<T> failed(NoAnswer cause) {
      return new Listing.Failed<>(cause);
    }

    @Override
    public @Nullable NoAnswer cause(Listing<T> result) {
      return result instanceof Listing.Failed<T> failed ? failed.cause() : null;
    }
  }
}
