/** A near cache of the read API, and the invalidations that keep it true. */
@NullMarked
package dev.spanwise.demo.cache;

import org.jspecify.annotations.NullMarked;
