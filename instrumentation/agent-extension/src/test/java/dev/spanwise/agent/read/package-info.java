@NullMarked
package dev.spanwise.agent.read;

import org.jspecify.annotations.NullMarked;
