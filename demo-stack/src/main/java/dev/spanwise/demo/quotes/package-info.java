/** The latest quotes, to WebSocket clients. */
@NullMarked
package dev.spanwise.demo.quotes;

import org.jspecify.annotations.NullMarked;
