/**
 * Spans and meters for NATS JetStream, which OpenTelemetry's instrumentation of NATS leaves out:
 * the trace goes on from the publisher through the stream into whoever processes the message.
 *
 * <p>{@code PublishTelemetry}, {@code ProcessTelemetry} and {@code Processing} know what is
 * recorded and nothing of how a call was noticed; the interceptors know jnats' interfaces and
 * nothing of spans.
 *
 * @see dev.spanwise.instrumentation.jetstream.JetStreamTelemetry
 */
@NullMarked
package dev.spanwise.instrumentation.jetstream;

import org.jspecify.annotations.NullMarked;
