@NullMarked
package dev.spanwise.instrumentation.invalidation;

import org.jspecify.annotations.NullMarked;
