package dev.acktask.simulator.sts;

import dev.acktask.simulator.response.Response;

/**
 * An error of STS.
 *
 * @see <a href="https://help.aliyun.com/zh/ram/developer-reference/api-sts-2015-04-01-errorcodes">
 *     Error codes of STS</a>
 */
record StsError(int status, String code, String message) {
  static final StsError NOT_AUTHORIZED =
      new StsError(
          403,
          "NoPermission",
          "You are not authorized to do this action. You should be authorized by RAM.");
  static final StsError NOT_TRUSTED =
      new StsError(401, "AuthenticationFail.NoPermission", "There is no permission");
  static final StsError NO_PROVIDER =
      new StsError(401, "AuthenticationFail.NoPermission", "No such OIDC Provider registered.");

  static StsError missing(String parameter) {
    return new StsError(400, "Missing" + parameter, parameter + " is mandatory for this action.");
  }

  static StsError invalid(String parameter) {
    return invalid(parameter, "The parameter " + parameter + " is wrongly formed.");
  }

  static StsError invalid(String parameter, String message) {
    return new StsError(400, "InvalidParameter." + parameter, message);
  }

  static StsError noRole(String arn) {
    return new StsError(404, "EntityNotExist.Role", "The role not exists: " + arn + ".");
  }

  /** The {@code problem} is the last part of the code. */
  static StsError token(String problem, String message) {
    return new StsError(401, "AuthenticationFail.OIDCToken." + problem, message);
  }

  Response response() {
    return Response.stsError(status, code, message);
  }
}
