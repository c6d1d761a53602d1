@NullMarked
package dev.spanwise.instrumentation.cdc;

import org.jspecify.annotations.NullMarked;
