package dev.acktask.operator.text;

import java.util.Set;

/** Words after the name of a secret that reveal nothing. */
final class StopWords {
  static final Set<String> ALL =
      Set.of(
          """
          accepted account after against allowed already also and at audience auth
          authenticated authentication available based because before being bucket but by
          can cannot check checked checks complexity configured controller could created
          data deleted denied did differs do does empty encrypted endpoint error exchange
          expiration expired expires expiry failed failure field fields file files
          forbidden found free from generated given had have id ids if incorrect into
          invalid issuer it key keys length less lifetime login long longer manager match
          matches may mismatch missing more mount mounted must name names needed no not
          only or parameter parameters please policies policy protected provided
          referenced refresh refused rejected removed request requests required response
          review rotated rotation same server service short shorter should signature since
          so specified still store stored strength strong than that there too ttl type
          types unavailable unknown until unused used valid validation value values
          verification verified via volume weak weaker when which while will without would
          wrong ok success succeeded successful passed done true false yes none null nil
          pending username locked disabled enabled active inactive every soon immediately
          regularly periodically plain encoded
          """
              .strip()
              .split("\\s+", -1));

  private StopWords() {}
}
