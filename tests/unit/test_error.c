/* The error table: every status has a name, a text and a class. */
#include <hermetic.h>

#include "check.h"

TEST(every_error_has_its_own_name)
{
#define X(name, code, class, text) CHECK_STR(hermetic_error_name(HERMETIC_E_##name), "HERMETIC_E_" #name);
    HERMETIC_ERROR_TABLE(X)
#undef X
}

TEST(every_error_has_its_text_and_class)
{
#define X(name, code, class, text)                                                                                      \
    CHECK_STR(hermetic_error_text(code), text);                                                                         \
    CHECK_INT(hermetic_error_class_of(code), HERMETIC_CLASS_##class);
    HERMETIC_ERROR_TABLE(X)
#undef X
}

TEST(statuses_that_are_no_errors_have_no_class)
{
    CHECK_INT(hermetic_error_class_of(HERMETIC_DONE), HERMETIC_CLASS_NONE);
    CHECK_INT(hermetic_error_class_of(HERMETIC_CALL), HERMETIC_CLASS_NONE);
    CHECK_STR(hermetic_error_name(HERMETIC_CALL), "HERMETIC_CALL");
    CHECK_STR(hermetic_error_name(HERMETIC_INPUT), "HERMETIC_INPUT");
}

TEST(unknown_statuses_are_named_and_never_null)
{
    CHECK_STR(hermetic_error_name(-12345), "HERMETIC_E_UNKNOWN");
    CHECK_STR(hermetic_error_text(12345), "unknown status");
    CHECK_INT(hermetic_error_class_of(-12345), HERMETIC_CLASS_HOST);
}

TEST(the_version_is_that_of_the_header)
{
    char text[32];
    snprintf(text, sizeof(text), "%d.%d.%d", HERMETIC_VERSION_MAJOR, HERMETIC_VERSION_MINOR, HERMETIC_VERSION_PATCH);
    CHECK_STR(hermetic_version(), text);
}

TESTS_MAIN(CHECK_ENTRY(every_error_has_its_own_name) CHECK_ENTRY(every_error_has_its_text_and_class)
               CHECK_ENTRY(statuses_that_are_no_errors_have_no_class)
                   CHECK_ENTRY(unknown_statuses_are_named_and_never_null) CHECK_ENTRY(the_version_is_that_of_the_header))
