package dev.spanwise.demo.api;

/** The request names an account that the read model does not hold. */
final class NoSuchAccountException extends RuntimeException {
  NoSuchAccountException(long account) {
    super("account " + account + " is not in the read model");
  }
}
