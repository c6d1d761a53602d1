/** The library in an application of plain Java: watchlists, by HTTP. */
@NullMarked
package dev.spanwise.examples.plain;

import org.jspecify.annotations.NullMarked;
