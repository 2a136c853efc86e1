// The port's exception types: X(name, base), bases first. mpconfigport.h makes builtins of them.
#ifndef HERMETIC_GUEST_EXCEPTIONS_H
#define HERMETIC_GUEST_EXCEPTIONS_H

#define HERMETIC_EXCEPTIONS(X) \
    X(RecursionError, RuntimeError) \
    X(FloatingPointError, ArithmeticError) \
    X(BufferError, Exception) \
    X(ModuleNotFoundError, ImportError) \
    X(UnboundLocalError, NameError) \
    X(ReferenceError, Exception) \
    X(SystemError, Exception) \
    X(TabError, IndentationError) \
    X(UnicodeDecodeError, UnicodeError) \
    X(UnicodeEncodeError, UnicodeError) \
    X(UnicodeTranslateError, UnicodeError) \
    X(BlockingIOError, OSError) \
    X(ChildProcessError, OSError) \
    X(ConnectionError, OSError) \
    X(BrokenPipeError, ConnectionError) \
    X(ConnectionAbortedError, ConnectionError) \
    X(ConnectionRefusedError, ConnectionError) \
    X(ConnectionResetError, ConnectionError) \
    X(FileExistsError, OSError) \
    X(FileNotFoundError, OSError) \
    X(InterruptedError, OSError) \
    X(IsADirectoryError, OSError) \
    X(NotADirectoryError, OSError) \
    X(PermissionError, OSError) \
    X(ProcessLookupError, OSError) \
    X(TimeoutError, OSError) \
    X(Warning, Exception) \
    X(DeprecationWarning, Warning) \
    X(RuntimeWarning, Warning) \
    X(UserWarning, Warning) \
    X(FutureWarning, Warning) \
    X(PendingDeprecationWarning, Warning) \
    X(SyntaxWarning, Warning) \
    X(ImportWarning, Warning) \
    X(UnicodeWarning, Warning) \
    X(BytesWarning, Warning) \
    X(ResourceWarning, Warning) \
    X(EncodingWarning, Warning)

#endif
