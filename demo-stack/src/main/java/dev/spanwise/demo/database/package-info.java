/** A PostgreSQL server of the demo's own, and the read model that it holds. */
@NullMarked
package dev.spanwise.demo.database;

import org.jspecify.annotations.NullMarked;
