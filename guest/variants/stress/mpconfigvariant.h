// Collects garbage before every allocation, so that an object which no root reaches is lost at once. Every test
// program must print the same as with the standard variant.
#define HERMETIC_GC_STRESS (1)
