package dev.acktask.operator.alibaba;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The bytes of a body as they come, in pieces that {@link BodyBudget} has granted. */
final class ReceivedBody {
  private final BodyBudget.Share share;
  private final List<byte[]> pieces = new ArrayList<>();
  private int size;

  ReceivedBody(BodyBudget.Share share) {
    this.share = share;
  }

  int size() {
    return size;
  }

  /** Adds the bytes of {@code from}; may wait for memory. */
  void write(ByteBuffer from) throws IOException {
    while (from.hasRemaining()) {
      int at = size % BodyBudget.PIECE;
      if (at == 0) {
        share.grow();
        pieces.add(new byte[BodyBudget.PIECE]);
      }
      int part = Math.min(from.remaining(), BodyBudget.PIECE - at);
      from.get(pieces.getLast(), at, part);
      size += part;
    }
  }

  HttpAnswer.Body.Complete complete() {
    List<ByteBuffer> parts = new ArrayList<>(pieces.size());
    int left = size;
    for (byte[] piece : pieces) {
      parts.add(ByteBuffer.wrap(piece, 0, Math.min(left, piece.length)));
      left -= piece.length;
    }
    return new HttpAnswer.Body.Complete(parts);
  }
}
