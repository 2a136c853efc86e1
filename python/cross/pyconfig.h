/* python/cross/pyconfig.h: what Python.h wants to know, for a module of the limited API that is compiled for another
 * machine. It stands in for the pyconfig.h that a CPython of that machine was built with: the stable ABI does not depend
 * on it beyond the sizes here. */
#ifndef HERMETIC_PYCONFIG_H
#define HERMETIC_PYCONFIG_H

#define SIZEOF_SHORT 2
#define SIZEOF_INT 4
#define SIZEOF_LONG_LONG 8
#define SIZEOF_FLOAT 4
#define SIZEOF_DOUBLE 8
#define SIZEOF_VOID_P 8
#define SIZEOF_SIZE_T 8
#define SIZEOF_OFF_T 8
#define SIZEOF_TIME_T 8
#define SIZEOF_WCHAR_T __SIZEOF_WCHAR_T__
#define SIZEOF_LONG __SIZEOF_LONG__
#define SIZEOF_PID_T 4
#define ALIGNOF_LONG __SIZEOF_LONG__
#define ALIGNOF_SIZE_T 8
#define ALIGNOF_MAX_ALIGN_T 16
#define HAVE_LONG_LONG 1
#define HAVE_UINTPTR_T 1
#define HAVE_STDINT_H 1
#define HAVE_INTTYPES_H 1
#define HAVE_STDDEF_H 1
#define HAVE_WCHAR_H 1
#define HAVE_SYS_TYPES_H 1
#define HAVE_ERRNO_H 1
#define STDC_HEADERS 1
#define WITH_THREAD 1
#define WITH_DOC_STRINGS 1

#if defined(_WIN32)
#define MS_WINDOWS
#define MS_WIN32
#define MS_WIN64
#define NT_THREADS
#define HAVE_DECLSPEC_DLL
#define MS_COREDLL
#define Py_ENABLE_SHARED 1
#define HAVE_IO_H 1
#else
#define HAVE_UNISTD_H 1
#define HAVE_SYS_STAT_H 1
#define HAVE_SYS_TIME_H 1
#define HAVE_PTHREAD_H 1
#define _POSIX_THREADS 1
#endif

#endif
