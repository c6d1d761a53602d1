/** Runs labelled cases on real servers and measures what the analyzer finds of them. */
@NullMarked
package dev.spanwise.analyzer.corpus;

import org.jspecify.annotations.NullMarked;
