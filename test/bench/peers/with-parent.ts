/** Imported for its effect: a peer whose bench was killed does not live on. Its standard input is a pipe that ends with the bench. */
process.stdin.once('end', () => process.exit(1)).resume();
