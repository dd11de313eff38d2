package dev.acktask.operator.alibaba;

import dev.acktask.operator.alibaba.credentials.Credential;
import dev.acktask.operator.alibaba.credentials.CredentialProvider;
import dev.acktask.operator.alibaba.response.TaskResponseReader;
import dev.acktask.operator.alibaba.signing.NonceGenerator;
import dev.acktask.operator.alibaba.signing.RequestSigner;
import dev.acktask.operator.task.AnswerDigest;
import dev.acktask.operator.task.TaskClient;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.NoAnswer;
import dev.acktask.operator.task.TaskRef;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Reads tasks of one account in one region through DescribeTaskInfo. */
public final class AlibabaTaskClient implements TaskClient {
  private final SignedCalls calls;
  private final RequestSigner signer;
  private final TaskResponseReader reader;

  public AlibabaTaskClient(
      CloudTransport transport,
      Endpoint endpoint,
      CredentialProvider credentials,
      InstantSource clock) {
    this.calls = new SignedCalls(transport, endpoint, credentials);
    this.signer = new RequestSigner(endpoint, clock, new NonceGenerator());
    this.reader = new TaskResponseReader(clock);
  }

  @Override
  public TaskLookup describe(TaskRef task) {
    return calls.make(new Poll(task, null));
  }

  @Override
  public TaskLookup describe(TaskRef task, AnswerDigest lastDigest) {
    return calls.make(new Poll(task, lastDigest));
  }

  private final class Poll implements SignedCall<TaskLookup> {
    private final TaskRef task;
    private final @Nullable AnswerDigest lastDigest;

    Poll(TaskRef task, @Nullable AnswerDigest lastDigest) {
      this.task = task;
      this.lastDigest = lastDigest;
    }

    @Override
    public HttpRequest request(Credential credential) {
      return signer.describe(task, credential);
    }

    @Override
    public TaskLookup read(HttpAnswer answer) {
      return lastDigest != null && TaskResponseReader.isUnchanged(answer, lastDigest)
          ? new TaskLookup.Unchanged()
          : reader.read(answer, task);
    }

    @Override
    public TaskLookup failed(NoAnswer cause) {
      return cause;
    }

    @Override
    public @Nullable NoAnswer cause(TaskLookup result) {
      return result instanceof NoAnswer cause ? cause : null;
    }
  }
}
