/** What a database knows of its tables, columns and indexes. */
@NullMarked
package dev.spanwise.analyzer.catalogue;

import org.jspecify.annotations.NullMarked;
