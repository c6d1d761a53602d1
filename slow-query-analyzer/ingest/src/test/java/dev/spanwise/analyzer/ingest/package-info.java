@NullMarked
package dev.spanwise.analyzer.ingest;

import org.jspecify.annotations.NullMarked;
