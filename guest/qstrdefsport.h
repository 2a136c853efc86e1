// Interned strings that the sources do not name themselves.
