/** SQL text to its normalised form and a 64-bit fingerprint. */
@NullMarked
package dev.spanwise.instrumentation.fingerprint;

import org.jspecify.annotations.NullMarked;
