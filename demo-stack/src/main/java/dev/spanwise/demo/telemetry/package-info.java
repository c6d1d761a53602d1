/** What each of the demo's services is watched with: an OpenTelemetry SDK of its own. */
@NullMarked
package dev.spanwise.demo.telemetry;

import org.jspecify.annotations.NullMarked;
