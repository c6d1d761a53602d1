@NullMarked
package dev.spanwise.demo.database;

import org.jspecify.annotations.NullMarked;
