/**
 * Cache invalidation over publish/subscribe: an envelope that carries the publisher's trace, the
 * commit's time and the key's version, and what can be told from them where it is applied.
 *
 * @see dev.spanwise.instrumentation.invalidation.InvalidationPublisher
 * @see dev.spanwise.instrumentation.invalidation.InvalidationReceiver
 */
@NullMarked
package dev.spanwise.instrumentation.invalidation;

import org.jspecify.annotations.NullMarked;
