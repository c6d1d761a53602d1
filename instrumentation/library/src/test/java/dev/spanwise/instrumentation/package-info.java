@NullMarked
package dev.spanwise.instrumentation;

import org.jspecify.annotations.NullMarked;
