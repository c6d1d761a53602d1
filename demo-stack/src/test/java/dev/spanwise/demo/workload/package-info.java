@NullMarked
package dev.spanwise.demo.workload;

import org.jspecify.annotations.NullMarked;
