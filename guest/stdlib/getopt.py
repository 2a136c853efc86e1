# Command line options as C's getopt() reads them.

__all__ = ["GetoptError", "error", "getopt", "gnu_getopt"]


class GetoptError(Exception):
    def __init__(self, msg, opt=""):
        self.msg = msg
        self.opt = opt
        super().__init__(msg, opt)

    def __str__(self):
        return self.msg


error = GetoptError


def _long(options, text, longopts, args):
    name, equals, value = text.partition("=")
    found = [option for option in longopts if option.startswith(name)]
    if not found:
        raise GetoptError("option --%s not recognized" % name, name)
    if name in found:
        takes, name = False, name
    elif name + "=" in found:
        takes, name = True, name
    elif len(found) > 1:
        raise GetoptError("option --%s not a unique prefix" % name, name)
    else:
        takes, name = found[0].endswith("="), found[0].rstrip("=")
    if takes:
        if not equals:
            if not args:
                raise GetoptError("option --%s requires argument" % name, name)
            value, args = args[0], args[1:]
    elif equals:
        raise GetoptError("option --%s must not have an argument" % name, name)
    options.append(("--" + name, value))
    return args


def _short(options, text, shortopts, args):
    while text:
        letter, text = text[0], text[1:]
        at = shortopts.find(letter)
        if at < 0 or letter == ":":
            raise GetoptError("option -%s not recognized" % letter, letter)
        value = ""
        if shortopts.startswith(":", at + 1):
            if not text:
                if not args:
                    raise GetoptError("option -%s requires argument" % letter, letter)
                text, args = args[0], args[1:]
            value, text = text, ""
        options.append(("-" + letter, value))
    return args


def _read(args, shortopts, longopts, mixed):
    options, rest = [], []
    longopts = [longopts] if isinstance(longopts, str) else list(longopts)
    if shortopts.startswith("+"):
        shortopts, mixed = shortopts[1:], False
    args = list(args)
    while args:
        text = args[0]
        if text == "--":
            rest += args[1:]
            break
        if text[:2] == "--":
            args = _long(options, text[2:], longopts, args[1:])
        elif text[:1] == "-" and text != "-":
            args = _short(options, text[1:], shortopts, args[1:])
        elif mixed:
            rest.append(text)
            args = args[1:]
        else:
            rest += args
            break
    return options, rest


def getopt(args, shortopts, longopts=[]):
    return _read(args, shortopts, longopts, False)


def gnu_getopt(args, shortopts, longopts=[]):
    return _read(args, shortopts, longopts, True)
