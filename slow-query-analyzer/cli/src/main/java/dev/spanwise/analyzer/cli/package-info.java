/** The commands; the only place that wires the parts together. */
@NullMarked
package dev.spanwise.analyzer.cli;

import org.jspecify.annotations.NullMarked;
