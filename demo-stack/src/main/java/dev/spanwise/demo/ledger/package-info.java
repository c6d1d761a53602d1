/** The system of record of the trading application, and the services that write it. */
@NullMarked
package dev.spanwise.demo.ledger;

import org.jspecify.annotations.NullMarked;
