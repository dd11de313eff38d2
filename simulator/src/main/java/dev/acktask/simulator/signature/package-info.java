/**
 * Verifies ACS3-HMAC-SHA256 signatures. Uses the signer of the vendor, so that a mistake of the
 * operator's signer is not repeated here.
 *
 * @see <a
 *     href="https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature">
 *     V3 request structure and signature</a>
 */
@NullMarked
package dev.acktask.simulator.signature;

import org.jspecify.annotations.NullMarked;
