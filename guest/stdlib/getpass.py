"""Asks for a password as input() asks; a sandbox has no terminal to keep it off, and no user."""


class GetPassWarning(UserWarning):
    pass


def getpass(prompt="Password: ", stream=None):
    return input(prompt)


def getuser():
    import os
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        if os.environ.get(name):
            return os.environ[name]
    raise PermissionError("getpass.getuser(): a sandbox has no users, and there is no grant for them")
