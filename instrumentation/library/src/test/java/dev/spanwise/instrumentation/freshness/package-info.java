@NullMarked
package dev.spanwise.instrumentation.freshness;

import org.jspecify.annotations.NullMarked;
