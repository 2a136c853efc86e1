// What the parser (py/parse.c) learns about its grammar at boot.
#ifndef HERMETIC_GUEST_PY_PARSE_INIT_H
#define HERMETIC_GUEST_PY_PARSE_INIT_H

// Once, before the first call of mp_parse().
void parse_init(void);

#endif
