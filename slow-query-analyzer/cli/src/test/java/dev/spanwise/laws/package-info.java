/** The laws of {@code docs/architecture.md}, each seen to fail on a planted violation. */
@NullMarked
package dev.spanwise.laws;

import org.jspecify.annotations.NullMarked;
