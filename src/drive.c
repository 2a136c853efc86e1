/* src/drive.c: callbacks, as a layer on the public calls alone: whoever wants another one can write it likewise. */
#include <hermetic.h>

#include "sandbox.h"

/* Ends the run with a callback's own status. */
static int give_up(hermetic_sandbox *sb, int status, const char *which)
{
    int abandoned = hermetic_abandon(sb);
    if (abandoned == HERMETIC_E_BUSY || !hermetic__enter(sb))
        return HERMETIC_E_BUSY;
    return hermetic__leave(sb, hermetic__fail(sb, status, "%s: the host's %s callback ended the run",
                                              hermetic_error_text(status), which));
}

int hermetic_drive(hermetic_sandbox *sb, int status, const hermetic_callbacks *callbacks)
{
    if (!sb || !callbacks || callbacks->size < sizeof(*callbacks))
        return HERMETIC_E_INVALID;
    while (status > 0) {
        int answer = 0, stream;
        hermetic_bytes bytes;
        switch (status) {
        case HERMETIC_CALL:
            answer = callbacks->call ? callbacks->call(sb, hermetic_call_name(sb), hermetic_call_args(sb),
                                                       hermetic_call_kwargs(sb), callbacks->context)
                                     : hermetic_reply_error(sb, "RuntimeError", "the host answers no calls");
            break;
        case HERMETIC_OUTPUT:
            bytes = hermetic_output_event(sb, &stream);
            if (callbacks->output)
                answer = callbacks->output(sb, stream, bytes, callbacks->context);
            break;
        case HERMETIC_PAUSE: break;
        case HERMETIC_INPUT:
            answer = callbacks->input ? callbacks->input(sb, hermetic_input_prompt(sb), callbacks->context)
                                      : hermetic_reply_error(sb, "EOFError", "EOF when reading a line");
            break;
        default: return HERMETIC_E_INVALID;
        }
        if (answer < 0)
            return give_up(sb, answer,
                           status == HERMETIC_CALL     ? "call"
                           : status == HERMETIC_OUTPUT ? "output"
                                                       : "input");
        status = hermetic_resume(sb);
    }
    return status;
}
