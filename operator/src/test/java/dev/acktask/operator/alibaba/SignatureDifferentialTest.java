package dev.acktask.operator.alibaba;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.aliyun.openapiutil.Client;
import com.aliyun.tea.TeaRequest;
import dev.acktask.operator.alibaba.signing.Acs3Signature;
import dev.acktask.operator.alibaba.signing.CanonicalRequest;
import dev.acktask.operator.alibaba.signing.PercentEncoding;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The operator's signatures equal those of the vendor's library on random requests. */
final class SignatureDifferentialTest {
  private static final int REQUESTS = 2_000;
  private static final List<String> PIECES =
      List.of(
          "a", "Z", "0", "-", "_", ".", "~", " ", "+", "*", "%", "%2F", "/", "?", "&", "=", ":",
          ";", ",", "'", "\"", "\\", "\t", "\n", "\r", "\u0000", "\u007f", "é", "中", "\uFEFF",
          "\u202e", "😀", "𐐷", "ｓ", "!", "(", ")", "@", "#", "$", "[", "]", "{", "}", "|", "^",
          "`", "<", ">");
  private static final List<String> NAMES =
      List.of("x-acs-", "x-acs-a", "x-acs-Z", "x-acs-security-token", "accept", "x-other", "date");

  @Test
  void shouldSignLikeTheVendorsLibrary() throws Exception {
    long seed = Long.getLong("acktask.fuzz.seed", System.nanoTime());
    System.out.println("SignatureDifferentialTest seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < REQUESTS; i++) {
      String path = "/" + PercentEncoding.encode(text(random, 12));
      Map<String, String> query = new HashMap<>();
      for (int q = random.nextInt(5); q > 0; q--) {
        query.put(text(random, 6), text(random, 6));
      }
      Map<String, String> headers = new HashMap<>();
      headers.put("host", text(random, 8));
      if (random.nextBoolean()) {
        headers.put("content-type", text(random, 8));
      }
      for (int h = random.nextInt(6); h > 0; h--) {
        headers.put(
            NAMES.get(random.nextInt(NAMES.size())).toLowerCase(java.util.Locale.ROOT) + h,
            text(random, 10));
      }
      String method = random.nextBoolean() ? "GET" : "POST";
      String accessKeyId = text(random, 6);
      String secret = "s" + text(random, 6);

      TeaRequest theirs = new TeaRequest();
      theirs.method = method;
      theirs.pathname = path;
      theirs.query = query;
      theirs.headers = headers;
      String expected =
          Client.getAuthorization(
              theirs, "ACS3-HMAC-SHA256", CanonicalRequest.EMPTY_BODY_HASH, accessKeyId, secret);

      CanonicalRequest ours =
          new CanonicalRequest(method, path, query, headers, CanonicalRequest.EMPTY_BODY_HASH);
      assertEquals(
          expected,
          Acs3Signature.authorization(ours, accessKeyId, secret),
          () -> "seed " + seed + ", query " + query + ", headers " + headers);
    }
  }

  private static String text(Random random, int maxPieces) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(maxPieces + 1); i > 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }
}
