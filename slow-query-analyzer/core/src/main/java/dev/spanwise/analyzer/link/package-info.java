/** Ties slow spans to the plans that the server executed for them. */
@NullMarked
package dev.spanwise.analyzer.link;

import org.jspecify.annotations.NullMarked;
