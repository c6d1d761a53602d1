/** Keeps the read model as the ledger says. */
@NullMarked
package dev.spanwise.demo.projection;

import org.jspecify.annotations.NullMarked;
