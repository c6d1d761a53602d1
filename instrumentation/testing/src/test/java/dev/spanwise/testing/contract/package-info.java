/** What the contracts themselves rest on. */
@NullMarked
package dev.spanwise.testing.contract;

import org.jspecify.annotations.NullMarked;
