# Names of signals. A sandbox gets none, and sends none.

SIGHUP, SIGINT, SIGQUIT, SIGKILL, SIGUSR1, SIGUSR2, SIGPIPE, SIGALRM, SIGTERM, SIGCHLD = 1, 2, 3, 9, 10, 12, 13, 14, 15, 17
SIG_DFL, SIG_IGN = 0, 1


def _refuse(*args, **keywords):
    raise PermissionError("a sandbox has no signals, and there is no grant for them")


signal = getsignal = alarm = setitimer = raise_signal = pause = set_wakeup_fd = pthread_kill = siginterrupt = _refuse


def default_int_handler(signum, frame):
    raise KeyboardInterrupt
