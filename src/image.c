/* src/image.c: the start state of every sandbox, unpacked once in a process. */
#include <stdatomic.h>

#include "sandbox.h"

static _Atomic(const struct hermetic__image *) unpacked;

const struct hermetic__image *hermetic__image(void)
{
    const struct hermetic__image *image = atomic_load(&unpacked);
    if (image)
        return image;
    /* Two threads may do it at once; one of them was too late. */
    image = hermetic__image_unpack(&hermetic__packed_image);
    const struct hermetic__image *first = NULL;
    if (image && !atomic_compare_exchange_strong(&unpacked, &first, image)) {
        hermetic__image_free(image);
        return first;
    }
    return image;
}
