/** Spans as far as the analysis needs them, and their assembly into traces. */
@NullMarked
package dev.spanwise.analyzer.trace;

import org.jspecify.annotations.NullMarked;
