package dev.spanwise.testing.server;

/** What a server runs in; running when it is made. */
interface Instance extends AutoCloseable {

  /** The name or address that the server is reached by. */
  String host();

  /** The TCP port, the same for the instance's whole life. */
  int port();

  /** Ends the server and keeps its data; does nothing where it does not run. */
  void stop();

  /** Starts the server again, and returns once it answers; does nothing where it runs. */
  void start();

  /** Ends the server and deletes its data. */
  @Override
  void close();
}
