@NullMarked
package dev.spanwise.telemetry;

import org.jspecify.annotations.NullMarked;
