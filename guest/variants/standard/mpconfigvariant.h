// The variant that ships.
