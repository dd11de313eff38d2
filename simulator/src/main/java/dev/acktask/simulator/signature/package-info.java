/**
 * Is a request signed as Alibaba Cloud demands (ACS3-HMAC-SHA256)? Checked with the vendor's own
 * signer, so that a mistake in the operator's cannot hide here.
 *
 * @see <a
 *     href="https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature">
 *     V3 request structure and signature</a>
 */
@NullMarked
package dev.acktask.simulator.signature;

import org.jspecify.annotations.NullMarked;
