@NullMarked
package dev.spanwise.testing.server;

import org.jspecify.annotations.NullMarked;
