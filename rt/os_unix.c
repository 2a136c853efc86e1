/* rt/os_unix.c: rt/os.h on Linux, macOS and the BSDs. The image as a file to map privately exists on Linux alone; where
 * it cannot be had, memory is a copy of the image. */
#if !defined(_WIN32)
#if defined(__linux__)
#define _GNU_SOURCE
#elif defined(__APPLE__)
#define _DARWIN_C_SOURCE
#endif

#include "os.h"

#include <pthread.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#if defined(__linux__)
#include <fcntl.h>
#endif

#include "../src/alloc.h"
#include "rt.h"

#if !defined(MAP_ANONYMOUS)
#define MAP_ANONYMOUS MAP_ANON
#endif
#if !defined(MAP_NORESERVE)
#define MAP_NORESERVE 0
#endif

size_t hermetic__os_page_size(void) {
    long size = sysconf(_SC_PAGESIZE);
    return size > 0 ? (size_t)size : 4096;
}

static void *map(size_t size, int protection) {
    if (hermetic__fault_system_call_now())
        return NULL;
    void *at = mmap(NULL, size, protection, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return at == MAP_FAILED ? NULL : at;
}

void *hermetic__os_map(size_t size) {
    return map(size, PROT_READ | PROT_WRITE);
}

void *hermetic__os_reserve(size_t size) {
    return map(size, PROT_NONE);
}

void hermetic__os_unmap(void *at, size_t size) {
    munmap(at, size);
}

bool hermetic__os_protect(void *at, size_t size, enum hermetic__access access) {
    int protection = access == HERMETIC__ACCESS_NONE ? PROT_NONE
                     : access == HERMETIC__ACCESS_READ ? PROT_READ
                                                       : PROT_READ | PROT_WRITE;
    return !hermetic__fault_system_call_now() && mprotect(at, size, protection) == 0;
}

bool hermetic__os_discard(void *at, size_t size) {
#if defined(__linux__)
    return !hermetic__fault_system_call_now() && madvise(at, size, MADV_DONTNEED) == 0; /* refused for locked memory */
#else
    (void)at, (void)size; /* elsewhere the advice promises nothing about what is read later */
    return false;
#endif
}

#if defined(MREMAP_DONTUNMAP)

/* Page tables move as a whole when both ends lie alike in what one of them covers. */
#define PAGE_TABLE_REACH ((size_t)2 << 20)

void *hermetic__os_detach(void *at, size_t size) {
    uint8_t *room = hermetic__os_reserve(size + PAGE_TABLE_REACH);
    if (!room)
        return NULL;
    size_t before = ((uintptr_t)at - (uintptr_t)room) & (PAGE_TABLE_REACH - 1);
    if (mremap(at, size, size, MREMAP_MAYMOVE | MREMAP_FIXED | MREMAP_DONTUNMAP, room + before) == MAP_FAILED) {
        munmap(room, size + PAGE_TABLE_REACH);
        return NULL;
    }
    if (before > 0)
        munmap(room, before);
    munmap(room + before + size, PAGE_TABLE_REACH - before);
    return room + before;
}

#else

void *hermetic__os_detach(void *at, size_t size) {
    (void)at, (void)size;
    return NULL;
}

#endif

#if defined(__linux__)

/* The sealed memory files of the images seen so far; in practice one. A host may close descriptors that are not its own
 * (daemons do), so a file is used only while the descriptor still is that file. Files are never closed by us. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct {
    const struct hermetic__image *image;
    int fd;
    dev_t device;
    ino_t inode;
} files[4];

static bool write_all(int fd, const uint8_t *bytes, size_t size) {
    while (size > 0) {
        ssize_t done = write(fd, bytes, size);
        if (done <= 0)
            return false;
        bytes += done;
        size -= (size_t)done;
    }
    return true;
}

static int make_file(const struct hermetic__image *image, struct stat *info) {
    int fd = memfd_create("hermetic-image", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (fd < 0)
        return -1;
    if (ftruncate(fd, (off_t)image->size) != 0 || lseek(fd, (off_t)image->start, SEEK_SET) < 0 ||
        !write_all(fd, image->bytes, image->stored) ||
        fcntl(fd, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) != 0 || fstat(fd, info) != 0) {
        close(fd);
        return -1;
    }
    return fd;
}

bool hermetic__os_map_image(void *at, const struct hermetic__image *image, size_t size, bool writable) {
    bool mapped = false;
    if (hermetic__fault_system_call_now())
        return false;
    pthread_mutex_lock(&lock);
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        struct stat info;
        if (files[i].image && files[i].image != image)
            continue;
        if (!files[i].image || fstat(files[i].fd, &info) != 0 || info.st_dev != files[i].device ||
            info.st_ino != files[i].inode) {
            files[i].fd = make_file(image, &info);
            files[i].image = files[i].fd >= 0 ? image : NULL;
            if (files[i].fd < 0)
                break;
            files[i].device = info.st_dev;
            files[i].inode = info.st_ino;
        }
        mapped = mmap(at, size, writable ? PROT_READ | PROT_WRITE : PROT_READ, MAP_PRIVATE | MAP_FIXED | MAP_NORESERVE,
                      files[i].fd, 0) != MAP_FAILED;
        break;
    }
    pthread_mutex_unlock(&lock);
    return mapped;
}

#else

bool hermetic__os_map_image(void *at, const struct hermetic__image *image, size_t size, bool writable) {
    (void)at, (void)image, (void)size, (void)writable;
    return false;
}

#endif
#endif
