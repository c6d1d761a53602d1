/**
 * Named reads: what the application asks for ({@code watchlist}), around the statements that answer
 * it.
 *
 * @see dev.spanwise.instrumentation.read.NamedReads
 */
@NullMarked
package dev.spanwise.instrumentation.read;

import org.jspecify.annotations.NullMarked;
