/** Classes that break the import laws, to see the laws fail, and ones that keep them. */
@NullMarked
package dev.spanwise.demo.planted;

import org.jspecify.annotations.NullMarked;
