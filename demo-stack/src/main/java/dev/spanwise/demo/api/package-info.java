/** The instrumented HTTP service: five reads of the trading read model, three of them slow. */
@NullMarked
package dev.spanwise.demo.api;

import org.jspecify.annotations.NullMarked;
