/** Servers that are installed on the machine, run for the demo alone. */
@NullMarked
package dev.spanwise.demo.server;

import org.jspecify.annotations.NullMarked;
