/** The same requests in the same order, as often as asked, and how long they took. */
@NullMarked
package dev.spanwise.demo.workload;

import org.jspecify.annotations.NullMarked;
