/**
 * The telemetry contract, {@code instrumentation/telemetry.yaml}: read, checked, and written out as
 * Java constants and as {@code docs/telemetry.md}. For builds and tests; nothing of it is on an
 * application's class path.
 */
@NullMarked
package dev.spanwise.telemetry;

import org.jspecify.annotations.NullMarked;
