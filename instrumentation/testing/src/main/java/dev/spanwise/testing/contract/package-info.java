/**
 * What the library and the agent's extension promise alike: each contract runs an application and
 * reads what it exported. A subclass says how the application is instrumented.
 */
@NullMarked
package dev.spanwise.testing.contract;

import org.jspecify.annotations.NullMarked;
