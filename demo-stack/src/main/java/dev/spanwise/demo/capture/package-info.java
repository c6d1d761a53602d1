/** Takes the ledger's changes off its write-ahead log and puts them on the stream. */
@NullMarked
package dev.spanwise.demo.capture;

import org.jspecify.annotations.NullMarked;
