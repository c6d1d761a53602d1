/** Classes that break the import laws, to see the laws fail, and ones that keep them. */
@NullMarked
package dev.spanwise.analyzer.plan.planted;

import org.jspecify.annotations.NullMarked;
