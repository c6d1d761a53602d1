@NullMarked
package dev.spanwise.instrumentation.telemetry;

import org.jspecify.annotations.NullMarked;
