/* rt/os_windows.c: rt/os.h on Windows. Only the bounds backend is built there, so memory is committed as a whole, and the
 * image is copied. */
#if defined(_WIN32)

#include "os.h"

#define WIN32_LEAN_AND_MEAN
#include <windows.h>

size_t hermetic__os_page_size(void) {
    SYSTEM_INFO info;
    GetSystemInfo(&info);
    return info.dwPageSize;
}

void *hermetic__os_map(size_t size) {
    return VirtualAlloc(NULL, size, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
}

void *hermetic__os_reserve(size_t size) {
    return VirtualAlloc(NULL, size, MEM_RESERVE, PAGE_NOACCESS);
}

void hermetic__os_unmap(void *at, size_t size) {
    (void)size;
    VirtualFree(at, 0, MEM_RELEASE);
}

bool hermetic__os_protect(void *at, size_t size, enum hermetic__access access) {
    DWORD protection = access == HERMETIC__ACCESS_NONE ? PAGE_NOACCESS
                       : access == HERMETIC__ACCESS_READ ? PAGE_READONLY
                                                         : PAGE_READWRITE;
    DWORD old;
    return VirtualProtect(at, size, protection, &old) != 0;
}

bool hermetic__os_discard(void *at, size_t size) {
    return VirtualFree(at, size, MEM_DECOMMIT) && VirtualAlloc(at, size, MEM_COMMIT, PAGE_READWRITE);
}

void *hermetic__os_detach(void *at, size_t size) {
    (void)at, (void)size;
    return NULL;
}

bool hermetic__os_map_image(void *at, const struct hermetic__image *image, size_t size, bool writable) {
    (void)at, (void)image, (void)size, (void)writable;
    return false;
}

#endif
