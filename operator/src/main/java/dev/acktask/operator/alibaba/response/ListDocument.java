package dev.acktask.operator.alibaba.response;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.acktask.operator.task.AnswerDigest;
import dev.acktask.operator.task.ListPage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The JSON object of an answer with a list. An entry that is not usable is left out, as is one with
 * the id of an entry before it.
 */
final class ListDocument<T> implements StrictJson.Fields {
  /** Ten pages as the operator requests them; the rest of a longer list is counted, not read. */
  static final int MAX_ENTRIES = 1_000;

  /** Characters of a token, which becomes part of a URL. */
  static final int MAX_TOKEN = 1_024;

  private static final int MAX_DIGITS = String.valueOf(Long.MAX_VALUE).length();

  private enum Presence {
    ABSENT,
    /** An empty list of a server that sends none as null. */
    NULL,
    PRESENT
  }

  private final JsonParser json;
  private final ListFormat<T> format;
  private final CommonFields common;
  private final EntryReader entries;
  private final SafeWords words = new SafeWords();
  private final Map<String, T> items = new LinkedHashMap<>();
  private Presence presence = Presence.ABSENT;
  private int received;
  private OptionalLong totalCount = OptionalLong.empty();
  private @Nullable String nextToken;

  ListDocument(JsonParser json, ListFormat<T> format) {
    this.json = json;
    this.format = format;
    this.common = new CommonFields(json);
    this.entries = new EntryReader(json, format.fields());
  }

  @Override
  public void read(String name) throws IOException {
    if (name.equals(format.field())) {
      readList();
      return;
    }
    switch (name) {
      case "next_token" -> nextToken = token();
      case "page_info" -> readPageInfo();
      default -> common.read(name);
    }
  }

  private void readList() throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      presence = json.currentToken() == JsonToken.VALUE_NULL ? Presence.NULL : Presence.ABSENT;
      json.skipChildren();
      return;
    }
    presence = Presence.PRESENT;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      received++;
      if (received <= MAX_ENTRIES && json.currentToken() == JsonToken.START_OBJECT) {
        format.item(entry()).ifPresent(item -> items.putIfAbsent(format.id(item), item));
      } else {
        json.skipChildren();
      }
    }
  }

  private ListEntry entry() throws IOException {
    return new ListEntry(entries.read(), words);
  }

  /** Another token than one of printable ASCII is not one of the cloud. */
  private @Nullable String token() throws IOException {
    String text = json.currentToken() == JsonToken.VALUE_STRING ? json.getText() : "";
    json.skipChildren();
    boolean isToken =
        !text.isEmpty()
            && text.length() <= MAX_TOKEN
            && text.chars().allMatch(c -> c > ' ' && c <= '~');
    return isToken ? text : null;
  }

  private void readPageInfo() throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      return;
    }
    int counts = 0;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      boolean isCount = json.currentName().equals("total_count");
      json.nextToken();
      if (isCount) {
        totalCount = ++counts == 1 ? count() : OptionalLong.empty();
      }
      json.skipChildren();
    }
  }

  /** A number with more digits is not converted, which would take long. */
  private OptionalLong count() throws IOException {
    boolean isLong =
        json.currentToken() == JsonToken.VALUE_NUMBER_INT
            && json.getTextLength() <= MAX_DIGITS
            && (json.getNumberType() == JsonParser.NumberType.INT
                || json.getNumberType() == JsonParser.NumberType.LONG);
    return isLong && json.getLongValue() >= 0
        ? OptionalLong.of(json.getLongValue())
        : OptionalLong.empty();
  }

  /**
   * True if the answer has the list. Null is an empty list only if the answer also counts no
   * entries, or is of a kind that has no count.
   */
  boolean hasList() {
    return switch (presence) {
      case ABSENT -> false;
      case NULL -> !format.isCounted() || totalCount.equals(OptionalLong.of(0));
      case PRESENT -> true;
    };
  }

  /**
   * The page.
   *
   * @param digest of the answer; null if it has none
   */
  ListPage<T> page(@Nullable AnswerDigest digest) {
    return new ListPage<>(new ArrayList<>(items.values()), received, totalCount, nextToken, digest);
  }

  /** See {@link CommonFields#error}. */
  @Nullable ErrorBody error() {
    return common.error();
  }

  /** See {@link CommonFields#requestId}. */
  @Nullable String requestId() {
    return common.requestId();
  }
}
