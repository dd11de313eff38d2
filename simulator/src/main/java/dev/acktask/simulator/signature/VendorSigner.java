package dev.acktask.simulator.signature;

import com.aliyun.openapiutil.Client;
import com.aliyun.tea.TeaRequest;
import dev.acktask.simulator.http.Request;
import dev.acktask.simulator.response.Header;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What the vendor's own library would have put into {@code Authorization}. */
final class VendorSigner {
  static final String ALGORITHM = "ACS3-HMAC-SHA256";

  private VendorSigner() {}

  static String authorization(Request request, Credential credential) {
    TeaRequest vendors = new TeaRequest();
    vendors.method = request.method();
    vendors.pathname = request.path();
    vendors.query = request.query();
    vendors.headers = headers(request);
    try {
      return Client.getAuthorization(
          vendors,
          ALGORITHM,
          request.bodySha256(),
          credential.accessKeyId(),
          credential.accessKeySecret());
    } catch (Exception e) {
      throw new IllegalStateException("the vendor's signer failed", e);
    }
  }

  private static Map<String, String> headers(Request request) {
    Map<String, String> headers = new HashMap<>();
    for (Header header : request.headers()) {
      headers.merge(header.name().toLowerCase(Locale.ROOT), header.value(), (a, b) -> a + "," + b);
    }
    return headers;
  }
}
