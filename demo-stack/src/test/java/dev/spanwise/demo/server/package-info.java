@NullMarked
package dev.spanwise.demo.server;

import org.jspecify.annotations.NullMarked;
