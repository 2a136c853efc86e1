"""Command lines, as programs parsed them before argparse."""

import sys
import textwrap

__all__ = ["Option", "make_option", "SUPPRESS_HELP", "SUPPRESS_USAGE", "Values", "OptionContainer", "OptionGroup", "OptionParser",
           "HelpFormatter", "IndentedHelpFormatter", "TitledHelpFormatter", "OptParseError", "OptionError",
           "OptionConflictError", "OptionValueError", "BadOptionError"]
NO_DEFAULT = ("NO", "DEFAULT")
SUPPRESS_HELP, SUPPRESS_USAGE = "SUPPRESSHELP", "SUPPRESSUSAGE"


class OptParseError(Exception):
    def __init__(self, msg):
        self.msg = msg

    def __str__(self):
        return self.msg


class OptionError(OptParseError):
    def __init__(self, msg, option):
        self.msg = msg
        self.option_id = str(option)

    def __str__(self):
        return "option %s: %s" % (self.option_id, self.msg) if self.option_id else self.msg


class OptionConflictError(OptionError):
    pass


class OptionValueError(OptParseError):
    pass


class BadOptionError(OptParseError):
    def __init__(self, opt_str):
        self.opt_str = opt_str

    def __str__(self):
        return "no such option: %s" % self.opt_str


class AmbiguousOptionError(BadOptionError):
    def __init__(self, opt_str, possibilities):
        super().__init__(opt_str)
        self.possibilities = possibilities

    def __str__(self):
        return "ambiguous option: %s (%s?)" % (self.opt_str, ", ".join(self.possibilities))


class Values:
    def __init__(self, defaults=None):
        for name, value in (defaults or {}).items():
            setattr(self, name, value)

    def __repr__(self):
        return "<%s at 0x%x: %s>" % (type(self).__name__, id(self), self)

    def __str__(self):
        return str(self.__dict__)

    def __eq__(self, other):
        return self.__dict__ == (other.__dict__ if isinstance(other, Values) else other)

    def ensure_value(self, attr, value):
        if getattr(self, attr, None) is None:
            setattr(self, attr, value)
        return getattr(self, attr)


def _whole(text):
    return int(text, 16 if text[:2].lower() == "0x" else 2 if text[:2].lower() == "0b" else 8 if text[:1] == "0" and text != "0" else 10)


_TYPES = {"int": (_whole, "integer"), "long": (_whole, "integer"), "float": (float, "floating-point"), "complex": (complex, "complex")}


class Option:
    ACTIONS = ("store", "store_const", "store_true", "store_false", "append", "append_const", "count", "callback", "help", "version")
    TYPES = ("string", "int", "long", "float", "complex", "choice")
    _WITH_TYPE = ("store", "append")

    def __init__(self, *opts, action=None, type=None, dest=None, default=NO_DEFAULT, nargs=None, const=None, choices=None,
                 callback=None, callback_args=None, callback_kwargs=None, help=None, metavar=None):
        self._short_opts = [o for o in opts if o and len(o) == 2]
        self._long_opts = [o for o in opts if o and len(o) > 2]
        if not opts or None in opts:
            raise TypeError("at least one option string must be supplied")
        self.action = action or "store"
        if self.action not in self.ACTIONS:
            raise OptionError("invalid action: %r" % self.action, self)
        if type is None and self.action in self._WITH_TYPE:
            type = "choice" if choices is not None else "string"
        type = {int: "int", str: "string", "str": "string", float: "float", complex: "complex"}.get(type, type)
        if type is not None and type not in self.TYPES:
            raise OptionError("invalid option type: %r" % type, self)
        self.type, self.choices, self.const, self.help, self.metavar = type, choices, const, help, metavar
        if type == "choice" and choices is None:
            raise OptionError("must supply a list of choices for type 'choice'", self)
        self.callback, self.callback_args, self.callback_kwargs = callback, callback_args or (), callback_kwargs or {}
        self.nargs = 1 if nargs is None and type is not None else nargs
        if dest is None and (self.action in ("store", "store_const", "store_true", "store_false", "append", "append_const", "count")
                             or type is not None):
            dest = self._long_opts[0][2:].replace("-", "_") if self._long_opts else self._short_opts[0][1]
        self.dest, self.default = dest, default

    def __str__(self):
        return "/".join(self._short_opts + self._long_opts)

    def takes_value(self):
        return self.type is not None

    def get_opt_string(self):
        return (self._long_opts or self._short_opts)[0]

    def check_value(self, opt, value):
        if self.type == "choice":
            if value not in self.choices:
                raise OptionValueError("option %s: invalid choice: %r (choose from %s)" % (
                    opt, value, ", ".join(map(repr, self.choices))))
        elif self.type in _TYPES:
            convert, what = _TYPES[self.type]
            try:
                return convert(value)
            except ValueError:
                raise OptionValueError("option %s: invalid %s value: %r" % (opt, what, value)) from None
        return value

    def process(self, opt, value, values, parser):
        if value is not None:
            value = self.check_value(opt, value) if self.nargs == 1 else tuple([self.check_value(opt, v) for v in value])
        action, dest = self.action, self.dest
        if action == "store":
            setattr(values, dest, value)
        elif action in ("store_const", "store_true", "store_false"):
            setattr(values, dest, self.const if action == "store_const" else action == "store_true")
        elif action in ("append", "append_const"):
            values.ensure_value(dest, []).append(value if action == "append" else self.const)
        elif action == "count":
            setattr(values, dest, values.ensure_value(dest, 0) + 1)
        elif action == "callback":
            self.callback(self, opt, value, parser, *self.callback_args, **self.callback_kwargs)
        elif action == "help":
            parser.print_help()
            parser.exit()
        else:
            parser.print_version()
            parser.exit()


make_option = Option


class HelpFormatter:
    def __init__(self, indent_increment=2, max_help_position=24, width=None, short_first=1):
        self.width = width or 78
        self.max_help_position = max_help_position
        self.indent_increment = indent_increment
        self.level = 0

    def format_usage(self, usage):
        return "Usage: %s\n" % usage

    def format_heading(self, heading):
        return "%s%s:\n" % (" " * self.level, heading)

    def format_description(self, description):
        if not description:
            return ""
        indent = " " * self.level
        return textwrap.fill(description, self.width - self.level, initial_indent=indent, subsequent_indent=indent) + "\n"

    def format_epilog(self, epilog):
        return "\n" + self.format_description(epilog) if epilog else ""

    def strings(self, option):
        short, long = option._short_opts, option._long_opts
        if option.takes_value():
            metavar = option.metavar or option.dest.upper()
            short = [o + " " + metavar for o in short]
            long = [o + "=" + metavar for o in long]
        return ", ".join(short + long)

    def format_option(self, option, parser, position):
        head = " " * self.level + self.strings(option)
        if not option.help:
            return (head if len(head) > position - 2 else head.ljust(position)) + "\n"
        default = parser.defaults.get(option.dest)
        help = option.help.replace("%default", "none" if default is None or default is NO_DEFAULT else str(default))
        lines = textwrap.wrap(help, max(self.width - position, 11))
        out = []
        if len(head) <= position - 2:
            out.append(head.ljust(position) + (lines.pop(0) if lines else ""))
        else:
            out.append(head)
        return "\n".join(out + [" " * position + line for line in lines]) + "\n"


class IndentedHelpFormatter(HelpFormatter):
    pass


class TitledHelpFormatter(HelpFormatter):
    def format_usage(self, usage):
        return "%s  %s\n" % (self.format_heading("Usage"), usage)

    def format_heading(self, heading):
        return "%s\n%s\n" % (heading, "=-"[self.level > 0] * len(heading))


class OptionContainer:
    def __init__(self, option_class, conflict_handler, description):
        self.option_list = []
        self.option_class = option_class
        self.conflict_handler = conflict_handler
        self.description = description
        self._opts = {}
        self.defaults = {}

    def add_option(self, *args, **kwargs):
        option = args[0] if args and isinstance(args[0], Option) else self.option_class(*args, **kwargs)
        for name in option._short_opts + option._long_opts:
            if name in self._opts:
                if self.conflict_handler != "resolve":
                    raise OptionConflictError("conflicting option string(s): %s" % name, option)
                other = self._opts[name]
                (other._short_opts if name in other._short_opts else other._long_opts).remove(name)
                if not other._short_opts + other._long_opts and other in self.option_list:
                    self.option_list.remove(other)
            self._opts[name] = option
        self.option_list.append(option)
        option.container = self
        if option.dest is not None:
            if option.default is not NO_DEFAULT:
                self.defaults[option.dest] = option.default
            else:
                self.defaults.setdefault(option.dest, None)
        return option

    def add_options(self, option_list):
        for option in option_list:
            self.add_option(option)

    def get_option(self, opt_str):
        return self._opts.get(opt_str)

    def has_option(self, opt_str):
        return opt_str in self._opts

    def remove_option(self, opt_str):
        option = self._opts.get(opt_str)
        if option is None:
            raise ValueError("no such option %r" % opt_str)
        for name in option._short_opts + option._long_opts:
            del self._opts[name]
        option.container.option_list.remove(option)

    def set_description(self, description):
        self.description = description


class OptionGroup(OptionContainer):
    def __init__(self, parser, title, description=None):
        super().__init__(parser.option_class, parser.conflict_handler, description)
        self.title = title
        self._opts, self.defaults = parser._opts, parser.defaults


class OptionParser(OptionContainer):
    def __init__(self, usage=None, option_list=None, option_class=Option, version=None, conflict_handler="error", description=None,
                 formatter=None, add_help_option=True, prog=None, epilog=None):
        super().__init__(option_class, conflict_handler, description)
        self.usage = "%prog [options]" if usage is None else None if usage == SUPPRESS_USAGE else usage
        self.version, self.prog, self.epilog = version, prog, epilog
        self.formatter = formatter or IndentedHelpFormatter()
        self.option_groups = []
        self.allow_interspersed_args = True
        if version:
            self.add_option("--version", action="version", help="show program's version number and exit")
        if add_help_option:
            self.add_option("-h", "--help", action="help", help="show this help message and exit")
        for option in option_list or ():
            self.add_option(option)

    def add_option_group(self, *args, **kwargs):
        group = args[0] if isinstance(args[0], OptionGroup) else OptionGroup(self, *args, **kwargs)
        self.option_groups.append(group)
        return group

    def set_defaults(self, **kwargs):
        self.defaults.update(kwargs)

    def set_default(self, dest, value):
        self.defaults[dest] = value

    def get_default_values(self):
        values = {}
        for dest, value in self.defaults.items():
            option = next((o for o in self._opts.values() if o.dest == dest), None)
            if isinstance(value, str) and option is not None and option.type is not None:
                value = option.check_value(option.get_opt_string(), value)
            values[dest] = value
        return Values(values)

    def set_usage(self, usage):
        self.usage = usage

    def disable_interspersed_args(self):
        self.allow_interspersed_args = False

    def enable_interspersed_args(self):
        self.allow_interspersed_args = True

    def get_prog_name(self):
        return self.prog if self.prog is not None else (sys.argv[0] if sys.argv else "").rsplit("/", 1)[-1]

    def expand_prog_name(self, s):
        return s.replace("%prog", self.get_prog_name())

    def _value(self, option, opt, explicit, rest):
        if not option.takes_value():
            if explicit is not None:
                self.error("%s option does not take a value" % opt)
            return None
        if explicit is not None:
            rest.insert(0, explicit)
        n = option.nargs
        if len(rest) < n:
            self.error("%s option requires %d argument%s" % (opt, n, "" if n == 1 else "s"))
        value = rest.pop(0) if n == 1 else tuple(rest[:n])
        if n > 1:
            del rest[:n]
        return value

    def parse_args(self, args=None, values=None):
        rest = list(sys.argv[1:] if args is None else args)
        values = self.get_default_values() if values is None else values
        self.values, self.rargs, self.largs = values, rest, []
        left = self.largs
        try:
            while rest:
                arg = rest.pop(0)
                if arg == "--":
                    break
                if arg[:2] == "--":
                    name, equals, explicit = arg.partition("=")
                    if name not in self._opts:
                        found = sorted([o for o in self._opts if o.startswith(name)])
                        if not found:
                            raise BadOptionError(name)
                        if len(found) > 1:
                            raise AmbiguousOptionError(name, found)
                        name = found[0]
                    option = self._opts[name]
                    option.process(name, self._value(option, name, explicit if equals else None, rest), values, self)
                elif arg[:1] == "-" and len(arg) > 1:
                    letters = arg[1:]
                    while letters:
                        name, letters = "-" + letters[0], letters[1:]
                        option = self._opts.get(name)
                        if option is None:
                            raise BadOptionError(name)
                        explicit = None
                        if option.takes_value() and letters:
                            explicit, letters = letters, ""
                        option.process(name, self._value(option, name, explicit, rest), values, self)
                elif self.allow_interspersed_args:
                    left.append(arg)
                else:
                    rest.insert(0, arg)
                    break
        except (BadOptionError, OptionValueError) as e:
            self.error(str(e))
        return self.check_values(values, left + rest)

    def check_values(self, values, args):
        return values, args

    def get_usage(self):
        return self.formatter.format_usage(self.expand_prog_name(self.usage)) if self.usage else ""

    def get_version(self):
        return self.expand_prog_name(self.version) if self.version else ""

    def print_usage(self, file=None):
        if self.usage:
            print(self.get_usage(), file=file)

    def print_version(self, file=None):
        if self.version:
            print(self.get_version(), file=file)

    def error(self, msg):
        self.print_usage(sys.stderr)
        self.exit(2, "%s: error: %s\n" % (self.get_prog_name(), msg))

    def exit(self, status=0, msg=None):
        if msg:
            sys.stderr.write(msg)
        sys.exit(status)

    def format_help(self, formatter=None):
        f = formatter or self.formatter
        out = []
        if self.usage:
            out.append(self.get_usage() + "\n")
        if self.description:
            out.append(f.format_description(self.expand_prog_name(self.description)) + "\n")
        longest = 0
        for level, container in [(2, self)] + [(4, g) for g in self.option_groups]:
            for option in container.option_list:
                if option.help != SUPPRESS_HELP:
                    longest = max(longest, len(f.strings(option)) + level)
        position = min(longest + 2, f.max_help_position)
        out.append(f.format_heading("Options"))
        f.level = 2
        out += [f.format_option(o, self, position) for o in self.option_list if o.help != SUPPRESS_HELP]
        for group in self.option_groups:
            out.append("\n" + f.format_heading(group.title))
            f.level = 4
            if group.description:
                out.append(f.format_description(group.description) + "\n")
            out += [f.format_option(o, self, position) for o in group.option_list if o.help != SUPPRESS_HELP]
            f.level = 2
        f.level = 0
        out.append(f.format_epilog(self.epilog))
        return "".join(out)

    def print_help(self, file=None):
        (file or sys.stdout).write(self.format_help())
