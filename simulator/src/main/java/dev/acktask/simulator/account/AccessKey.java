package dev.acktask.simulator.account;

import dev.acktask.simulator.operation.Operation;
import dev.acktask.simulator.signature.Credential;
import java.util.Set;

/**
 * A key of an account.
 *
 * @param permitted the operations that RAM permits its owner
 * @param enabled false refuses its requests
 */
public record AccessKey(Credential credential, Set<Operation> permitted, boolean enabled) {
  public AccessKey {
    permitted = Set.copyOf(permitted);
  }

  /** An enabled key that may call every operation. */
  public static AccessKey of(String accessKeyId, String accessKeySecret) {
    return of(Credential.of(accessKeyId, accessKeySecret));
  }

  /** An enabled key that may call every operation. */
  public static AccessKey of(Credential credential) {
    return new AccessKey(credential, Operation.permissible(), true);
  }

  /** The same key with these permissions only. */
  public AccessKey permitting(Operation... operations) {
    return permitting(Set.of(operations));
  }

  /** The same key with these permissions only. */
  public AccessKey permitting(Set<Operation> operations) {
    return new AccessKey(credential, operations, enabled);
  }

  public AccessKey enabled(boolean isEnabled) {
    return new AccessKey(credential, permitted, isEnabled);
  }

  public String id() {
    return credential.accessKeyId();
  }
}
