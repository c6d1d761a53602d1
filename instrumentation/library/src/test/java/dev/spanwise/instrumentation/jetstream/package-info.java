@NullMarked
package dev.spanwise.instrumentation.jetstream;

import org.jspecify.annotations.NullMarked;
