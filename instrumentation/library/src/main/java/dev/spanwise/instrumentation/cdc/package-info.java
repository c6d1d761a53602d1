/**
 * Change data capture with <a
 * href="https://debezium.io/documentation/reference/stable/development/engine.html">Debezium's
 * engine</a>: a span for each batch, tied to the traces that its rows were written in, and how far
 * behind its source the connector is.
 *
 * @see dev.spanwise.instrumentation.cdc.ChangeCapture
 * @see dev.spanwise.instrumentation.cdc.ConnectorMonitor
 */
@NullMarked
package dev.spanwise.instrumentation.cdc;

import org.jspecify.annotations.NullMarked;
