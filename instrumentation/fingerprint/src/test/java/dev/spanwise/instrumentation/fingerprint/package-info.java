/** Tests of {@link dev.spanwise.instrumentation.fingerprint.Statement}. */
@NullMarked
package dev.spanwise.instrumentation.fingerprint;

import org.jspecify.annotations.NullMarked;
