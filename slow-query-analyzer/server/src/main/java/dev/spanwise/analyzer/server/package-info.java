/** {@code spanwise serve}: the analysis of what arrives, and its report and metrics over HTTP. */
@NullMarked
package dev.spanwise.analyzer.server;

import org.jspecify.annotations.NullMarked;
