/**
 * One heartbeat, followed from its commit through change data capture, stream and cache to where a
 * user would see it.
 *
 * @see dev.spanwise.instrumentation.freshness.Freshness
 */
@NullMarked
package dev.spanwise.instrumentation.freshness;

import org.jspecify.annotations.NullMarked;
