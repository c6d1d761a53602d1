/**
 * Where the library's spans and meters come from, so that none of them can break the application:
 * every call into a tracer, a registry or a propagator is guarded here, once.
 *
 * @see dev.spanwise.instrumentation.telemetry.Telemetry
 */
@NullMarked
package dev.spanwise.instrumentation.telemetry;

import org.jspecify.annotations.NullMarked;
