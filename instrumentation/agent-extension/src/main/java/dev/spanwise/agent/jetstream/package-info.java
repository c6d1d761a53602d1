/**
 * JetStream under the agent: what its NATS instrumentation leaves out, and without the spans that
 * it makes too many.
 */
@NullMarked
package dev.spanwise.agent.jetstream;

import org.jspecify.annotations.NullMarked;
