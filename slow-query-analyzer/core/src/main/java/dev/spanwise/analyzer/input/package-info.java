/** What was read, and what could not be. */
@NullMarked
package dev.spanwise.analyzer.input;

import org.jspecify.annotations.NullMarked;
