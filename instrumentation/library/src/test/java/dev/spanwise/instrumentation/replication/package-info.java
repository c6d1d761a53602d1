@NullMarked
package dev.spanwise.instrumentation.replication;

import org.jspecify.annotations.NullMarked;
