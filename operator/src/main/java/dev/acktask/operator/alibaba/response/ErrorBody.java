package dev.acktask.operator.alibaba.response;

import org.jspecify.annotations.Nullable;

/**
 * The cloud's error object in either of its two spellings: {@code code} from the product itself,
 * {@code Code} from the gateway before it.
 *
 * @param message only compared, never passed on: it may quote the request
 * @param isFromProduct spelled in lower case, as the product itself spells it
 */
record ErrorBody(String code, @Nullable String message, boolean isFromProduct) {}
