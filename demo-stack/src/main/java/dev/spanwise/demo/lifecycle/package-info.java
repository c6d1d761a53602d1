/** How what was started ends: last first, and all of it. */
@NullMarked
package dev.spanwise.demo.lifecycle;

import org.jspecify.annotations.NullMarked;
