@NullMarked
package dev.spanwise.instrumentation.read;

import org.jspecify.annotations.NullMarked;
