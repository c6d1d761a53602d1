package dev.spanwise.analyzer.rule;

/**
 * A setting for the statements of one application: of a read alone, or of the role that sends it,
 * whose name no plan tells.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-set.html">SET</a>
 * @see <a href="https://www.postgresql.org/docs/current/sql-alterrole.html">ALTER ROLE</a>
 */
final class SessionSetting {

  private SessionSetting() {}

  /**
   * The step that sets it, narrowest first: what would touch more stands behind a comment.
   *
   * @param name the parameter
   * @param value as SQL has it
   * @param unproved why no planner proves it
   */
  static Remedy.Step step(String name, String value, String unproved) {
    return new Remedy.Step(
        Remedy.Kind.SET_PARAMETER,
        """
        SET LOCAL %1$s = %2$s; -- for this statement alone, in its transaction
        -- or for all that the application sends, from its next connection on:
        -- ALTER ROLE <role of the application> SET %1$s = %2$s;"""
            .formatted(name, value),
        unproved);
  }
}
