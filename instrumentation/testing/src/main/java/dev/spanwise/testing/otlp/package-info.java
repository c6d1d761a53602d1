/** What an application exports, for tests that read it. */
@NullMarked
package dev.spanwise.testing.otlp;

import org.jspecify.annotations.NullMarked;
