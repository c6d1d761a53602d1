package dev.spanwise.instrumentation.jdbc;

import java.sql.SQLException;
import java.sql.Wrapper;

/**
 * Stands before an object of the driver.
 *
 * @param <D> the object's type
 */
abstract class Watched<D extends Wrapper> implements Wrapper {
  final D delegate;

  Watched(D delegate) {
    this.delegate = delegate;
  }

  // As java.sql.Wrapper asks: the receiver, if it is one already.
  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return type.isInstance(this) ? type.cast(this) : delegate.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return type.isInstance(this) || delegate.isWrapperFor(type);
  }

  @Override
  public String toString() {
    return delegate.toString();
  }
}
