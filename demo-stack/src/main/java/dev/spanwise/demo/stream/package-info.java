/** The JetStream streams between the ledger and what follows it. */
@NullMarked
package dev.spanwise.demo.stream;

import org.jspecify.annotations.NullMarked;
