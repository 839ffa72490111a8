"""One function per verb, in the words of the huddle: what the screens and the command line are made of."""
