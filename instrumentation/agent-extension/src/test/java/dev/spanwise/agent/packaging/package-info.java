@NullMarked
package dev.spanwise.agent.packaging;

import org.jspecify.annotations.NullMarked;
