package dev.acktask.operator.alibaba.response;

/**
 * What a list call was for, in the messages about its errors.
 *
 * @param ramAction that permits the call
 * @param resource of a RAM policy
 * @param notFound sentence for the cloud's answer that there is no such thing; {@code %s} is code
 *     and status of the answer
 */
record ListSubject(String ramAction, String resource, String notFound) {
  String forbidden(String answer) {
    return "Alibaba Cloud denies "
        + ramAction
        + " to this identity ("
        + answer
        + "). Attach a RAM policy that allows this action on resource "
        + resource
        + " to the connection's user or role.";
  }

  String notFound(String answer) {
    return notFound.formatted(answer);
  }
}
