# Command lines.

import re
import sys

__all__ = ["ArgumentParser", "ArgumentError", "ArgumentTypeError", "BooleanOptionalAction", "FileType", "HelpFormatter",
           "ArgumentDefaultsHelpFormatter", "RawDescriptionHelpFormatter", "RawTextHelpFormatter",
           "MetavarTypeHelpFormatter", "Namespace", "Action", "ONE_OR_MORE", "OPTIONAL", "PARSER", "REMAINDER",
           "SUPPRESS", "ZERO_OR_MORE"]

SUPPRESS = "==SUPPRESS=="
OPTIONAL, ZERO_OR_MORE, ONE_OR_MORE, PARSER, REMAINDER = "?", "*", "+", "A...", "..."
_UNKNOWN = "_unrecognized_args"


class Namespace:
    def __init__(self, **keywords):
        for name, value in keywords.items():
            setattr(self, name, value)

    def __repr__(self):
        parts = []
        for name, value in self.__dict__.items():
            parts.append("%s=%r" % (name, value) if name.isidentifier() else "**{%r: %r}" % (name, value))
        return "%s(%s)" % (type(self).__name__, ", ".join(parts))

    def __eq__(self, other):
        return self.__dict__ == other.__dict__ if isinstance(other, Namespace) else NotImplemented

    def __contains__(self, key):
        return key in self.__dict__


def _name_of(action):
    if action is None:
        return None
    if action.option_strings:
        return "/".join(action.option_strings)
    if action.metavar not in (None, SUPPRESS):
        return action.metavar if isinstance(action.metavar, str) else str(action.metavar)
    if action.dest not in (None, SUPPRESS):
        return action.dest
    if action.choices:
        return "{%s}" % ",".join([str(c) for c in action.choices])
    return None


class ArgumentError(Exception):
    def __init__(self, argument, message):
        self.argument_name = _name_of(argument)
        self.message = message

    def __str__(self):
        if self.argument_name is None:
            return str(self.message)
        return "argument %s: %s" % (self.argument_name, self.message)


class ArgumentTypeError(Exception):
    pass


class Action:
    def __init__(self, option_strings, dest, nargs=None, const=None, default=None, type=None, choices=None,
                 required=False, help=None, metavar=None):
        self.option_strings = option_strings
        self.dest = dest
        self.nargs = nargs
        self.const = const
        self.default = default
        self.type = type
        self.choices = choices
        self.required = required
        self.help = help
        self.metavar = metavar

    def format_usage(self):
        return self.option_strings[0]

    def __repr__(self):
        names = ("option_strings", "dest", "nargs", "const", "default", "type", "choices", "required", "help", "metavar")
        return "%s(%s)" % (type(self).__name__, ", ".join(["%s=%r" % (n, getattr(self, n)) for n in names]))

    def __call__(self, parser, namespace, values, option_string=None):
        raise NotImplementedError(".__call__() not defined")


class _StoreAction(Action):
    def __init__(self, option_strings, dest, nargs=None, const=None, default=None, type=None, choices=None,
                 required=False, help=None, metavar=None):
        if nargs == 0:
            raise ValueError("nargs for store actions must be != 0; if you have nothing to store, actions such as store "
                             "true or store const may be more appropriate")
        if const is not None and nargs != OPTIONAL:
            raise ValueError("nargs must be %r to supply const" % OPTIONAL)
        super().__init__(option_strings, dest, nargs, const, default, type, choices, required, help, metavar)

    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, values)


class _StoreConstAction(Action):
    def __init__(self, option_strings, dest, const=None, default=None, required=False, help=None, metavar=None):
        super().__init__(option_strings, dest, 0, const, default, required=required, help=help)

    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, self.const)


class _StoreTrueAction(_StoreConstAction):
    def __init__(self, option_strings, dest, default=False, required=False, help=None):
        super().__init__(option_strings, dest, True, default, required, help)


class _StoreFalseAction(_StoreConstAction):
    def __init__(self, option_strings, dest, default=True, required=False, help=None):
        super().__init__(option_strings, dest, False, default, required, help)


class _AppendAction(_StoreAction):
    def __call__(self, parser, namespace, values, option_string=None):
        items = list(getattr(namespace, self.dest, None) or [])
        items.append(values)
        setattr(namespace, self.dest, items)


class _AppendConstAction(_StoreConstAction):
    def __call__(self, parser, namespace, values, option_string=None):
        items = list(getattr(namespace, self.dest, None) or [])
        items.append(self.const)
        setattr(namespace, self.dest, items)


class _ExtendAction(_AppendAction):
    def __call__(self, parser, namespace, values, option_string=None):
        items = list(getattr(namespace, self.dest, None) or [])
        items.extend(values)
        setattr(namespace, self.dest, items)


class _CountAction(Action):
    def __init__(self, option_strings, dest, default=None, required=False, help=None):
        super().__init__(option_strings, dest, 0, default=default, required=required, help=help)

    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, (getattr(namespace, self.dest, None) or 0) + 1)


class _HelpAction(Action):
    def __init__(self, option_strings, dest=SUPPRESS, default=SUPPRESS, help=None):
        super().__init__(option_strings, dest, 0, default=default, help=help)

    def __call__(self, parser, namespace, values, option_string=None):
        parser.print_help()
        parser.exit()


class _VersionAction(Action):
    def __init__(self, option_strings, version=None, dest=SUPPRESS, default=SUPPRESS,
                 help="show program's version number and exit"):
        super().__init__(option_strings, dest, 0, default=default, help=help)
        self.version = version

    def __call__(self, parser, namespace, values, option_string=None):
        version = self.version if self.version is not None else parser.version
        formatter = parser._get_formatter()
        formatter.add_text(version)
        parser._print_message(formatter.format_help(), sys.stdout)
        parser.exit()


class BooleanOptionalAction(Action):
    def __init__(self, option_strings, dest, default=None, type=None, choices=None, required=False, help=None,
                 metavar=None):
        options = []
        for option in option_strings:
            options.append(option)
            if option.startswith("--"):
                options.append("--no-" + option[2:])
        if help is not None and default is not None and default is not SUPPRESS:
            help += " (default: %(default)s)"
        super().__init__(options, dest, 0, default=default, type=type, choices=choices, required=required, help=help,
                         metavar=metavar)

    def __call__(self, parser, namespace, values, option_string=None):
        if option_string in self.option_strings:
            setattr(namespace, self.dest, not option_string.startswith("--no-"))

    def format_usage(self):
        return " | ".join(self.option_strings)


class _Choice(Action):
    def __init__(self, dest, help, metavar):
        super().__init__([], dest, help=help, metavar=metavar)


class _SubParsersAction(Action):
    def __init__(self, option_strings, prog, parser_class, dest=SUPPRESS, required=False, help=None, metavar=None):
        self._prog_prefix = prog
        self._parser_class = parser_class
        self._name_parser_map = {}
        self._choices_actions = []
        super().__init__(option_strings, dest, PARSER, choices=self._name_parser_map, required=required, help=help,
                         metavar=metavar)

    def add_parser(self, name, **options):
        if options.get("prog") is None:
            options["prog"] = "%s %s" % (self._prog_prefix, name)
        aliases = options.pop("aliases", ())
        if name in self._name_parser_map:
            raise ArgumentError(self, "conflicting subparser: %s" % name)
        for alias in aliases:
            if alias in self._name_parser_map:
                raise ArgumentError(self, "conflicting subparser alias: %s" % alias)
        if "help" in options:
            help = options.pop("help")
            metavar = name + (" (%s)" % ", ".join(aliases) if aliases else "")
            self._choices_actions.append(_Choice(name, help, metavar))
        parser = self._parser_class(**options)
        self._name_parser_map[name] = parser
        for alias in aliases:
            self._name_parser_map[alias] = parser
        return parser

    def __call__(self, parser, namespace, values, option_string=None):
        name, rest = values[0], values[1:]
        if self.dest is not SUPPRESS:
            setattr(namespace, self.dest, name)
        if name not in self._name_parser_map:
            raise ArgumentError(self, "unknown parser %r (choices: %s)" % (name, ", ".join(self._name_parser_map)))
        sub, rest = self._name_parser_map[name].parse_known_args(rest, None)
        for key, value in vars(sub).items():
            setattr(namespace, key, value)
        if rest:
            if not hasattr(namespace, _UNKNOWN):
                setattr(namespace, _UNKNOWN, [])
            getattr(namespace, _UNKNOWN).extend(rest)


class FileType:
    def __init__(self, mode="r", bufsize=-1, encoding=None, errors=None):
        self._mode = mode
        self._bufsize = bufsize
        self._encoding = encoding
        self._errors = errors

    def __repr__(self):
        parts = [repr(arg) for arg in (self._mode, self._bufsize) if arg != -1]
        parts += ["%s=%r" % (name, value) for name, value in (("encoding", self._encoding), ("errors", self._errors))
                  if value is not None]
        return "%s(%s)" % (type(self).__name__, ", ".join(parts))

    def __call__(self, string):
        if string == "-":
            stream = sys.stdin if "r" in self._mode else sys.stdout
            return stream.buffer if "b" in self._mode else stream
        try:
            return open(string, self._mode, self._bufsize, self._encoding, self._errors)
        except OSError as e:
            raise ArgumentTypeError("can't open '%s': %s" % (string, e))


_ACTIONS = {None: _StoreAction, "store": _StoreAction, "store_const": _StoreConstAction, "store_true": _StoreTrueAction,
            "store_false": _StoreFalseAction, "append": _AppendAction, "append_const": _AppendConstAction, "count": _CountAction, "help": _HelpAction,
            "version": _VersionAction, "parsers": _SubParsersAction, "extend": _ExtendAction}


def _one_line(text):
    # A no-break space stays.
    return re.sub(r"\s+", " ", text, flags=re.ASCII).strip(" \t\n\r\f\v")


class HelpFormatter:
    def __init__(self, prog, indent_increment=2, max_help_position=24, width=None):
        if width is None:
            os = sys.modules.get("os")
            try:
                width = int(os.environ["COLUMNS"]) - 2
            except (AttributeError, KeyError, ValueError):
                width = 78
        self._prog = prog
        self._step = indent_increment
        self._max_position = min(max_help_position, max(width - 20, indent_increment * 2))
        self._width = width
        self._parts = []

    # The parts of the help are collected as functions first: where the columns are depends on all of them.

    def add_text(self, text):
        if text is not SUPPRESS and text is not None:
            self._parts.append(lambda: self._format_text(text))

    def add_usage(self, usage, actions, groups, prefix=None):
        if usage is not SUPPRESS:
            self._parts.append(lambda: self._format_usage(usage, actions, groups, prefix))

    def add_section(self, title, description, actions):
        def section():
            body = ""
            if description is not None and description is not SUPPRESS:
                body += self._format_text(description, "  ")
            body += "".join([self._format_action(action, indent) for action, indent in self._shown(actions)])
            if not body.strip():
                return ""
            head = "%s:\n" % title if title is not SUPPRESS and title is not None else ""
            return "\n" + head + body + "\n"
        self._sections = getattr(self, "_sections", []) + [actions]
        self._parts.append(section)

    def _shown(self, actions):
        for action in actions:
            if action.help is SUPPRESS:
                continue
            yield action, 2
            for sub in getattr(action, "_choices_actions", ()):
                if sub.help is not SUPPRESS:
                    yield sub, 4

    def format_help(self):
        longest = 0
        for actions in getattr(self, "_sections", []):
            for action, _ in self._shown(actions):
                longest = max(longest, len(self._invocation(action)) + 2)
        self._position = min(longest + 2, self._max_position)
        text = "".join([part() for part in self._parts])
        text = re.sub("\n\n\n+", "\n\n", text)
        return text.strip("\n") + "\n" if text else ""

    def _format_text(self, text, indent=""):
        if "%(prog)" in text:
            text = text % {"prog": self._prog}
        return self._fill_text(text, max(self._width - len(indent), 11), indent) + "\n\n"

    def _fill_text(self, text, width, indent):
        import textwrap
        return textwrap.fill(_one_line(text), width, initial_indent=indent, subsequent_indent=indent)

    def _split_lines(self, text, width):
        import textwrap
        return textwrap.wrap(_one_line(text), width)

    def _get_help_string(self, action):
        return action.help

    def _expand_help(self, action):
        values = dict(vars(action), prog=self._prog)
        for name in list(values):
            if values[name] is SUPPRESS:
                del values[name]
            elif hasattr(values[name], "__name__"):
                values[name] = values[name].__name__
        if values.get("choices") is not None:
            values["choices"] = ", ".join([str(c) for c in values["choices"]])
        return self._get_help_string(action) % values

    def _format_action(self, action, indent):
        position = self._position
        width = max(self._width - position, 11)
        head = " " * indent + self._invocation(action)
        if not action.help:
            return head + "\n"
        lines = self._split_lines(self._expand_help(action), width)
        if len(head) <= position - 2:
            text = head.ljust(position) + (lines[0] if lines else "") + "\n"
            lines = lines[1:]
        else:
            text = head + "\n"
        return text + "".join([" " * position + line + "\n" for line in lines])

    def _get_default_metavar_for_optional(self, action):
        return action.dest.upper()

    def _get_default_metavar_for_positional(self, action):
        return action.dest

    def _metavar(self, action, default, n):
        if action.metavar is not None:
            result = action.metavar
        elif action.choices is not None:
            result = "{%s}" % ",".join([str(c) for c in action.choices])
        else:
            result = default
        return result if isinstance(result, tuple) else (result,) * n

    def _args(self, action, default):
        n = action.nargs
        get = lambda k: self._metavar(action, default, k)
        if n is None:
            return "%s" % get(1)
        if n == OPTIONAL:
            return "[%s]" % get(1)
        if n == ZERO_OR_MORE:
            metavar = get(1)
            return "[%s [%s ...]]" % metavar if len(metavar) == 2 else "[%s ...]" % metavar
        if n == ONE_OR_MORE:
            return "%s [%s ...]" % get(2)
        if n == REMAINDER:
            return "..."
        if n == PARSER:
            return "%s ..." % get(1)
        if n == SUPPRESS:
            return ""
        return " ".join(["%s"] * n) % get(n)

    def _invocation(self, action):
        if not action.option_strings:
            return self._metavar(action, self._get_default_metavar_for_positional(action), 1)[0]
        if action.nargs == 0:
            return ", ".join(action.option_strings)
        args = self._args(action, self._get_default_metavar_for_optional(action))
        return ", ".join(["%s %s" % (option, args) for option in action.option_strings])

    def _usage_part(self, action, in_group):
        if not action.option_strings:
            default = self._get_default_metavar_for_positional(action)
            part = self._args(action, default)
            if in_group and part[:1] == "[" and part[-1:] == "]":
                part = part[1:-1]
            return part
        if action.nargs == 0:
            part = action.format_usage()
        else:
            part = "%s %s" % (action.option_strings[0],
                              self._args(action, self._get_default_metavar_for_optional(action)))
        return part if action.required or in_group else "[%s]" % part

    def _usage_parts(self, actions, groups):
        # A group is shown as one when its members follow each other; one within another shows its own brackets.
        for group in groups:
            if not group._group_actions:
                raise ValueError("empty group %s" % (group,))
        grouped = []
        opening, closing = [""] * len(actions), [""] * len(actions)
        joined = [False] * len(actions)  # with the action before
        for group in groups:
            members = group._group_actions
            if members[0] not in actions:
                continue
            start = actions.index(members[0])
            end = start + len(members)
            if actions[start:end] != members:
                continue
            grouped.extend(members)
            shown = [i for i in range(start, end) if actions[i].help is not SUPPRESS]
            if not shown:
                continue
            for i in shown[1:]:
                joined[i] = True
            if not group.required or len(shown) > 1:
                opening[shown[0]] += "(" if group.required else "["
                closing[shown[-1]] = (")" if group.required else "]") + closing[shown[-1]]
        parts = []
        for i, action in enumerate(actions):
            if action.help is not SUPPRESS:
                text = opening[i] + self._usage_part(action, action in grouped) + closing[i]
                if joined[i]:
                    parts[-1] += " | " + text
                else:
                    parts.append(text)
        return parts

    def _format_usage(self, usage, actions, groups, prefix):
        prefix = "usage: " if prefix is None else prefix
        if usage is not None:
            return "%s%s\n\n" % (prefix, usage % {"prog": self._prog})
        prog = self._prog
        optionals = self._usage_parts([a for a in actions if a.option_strings], groups)
        positionals = self._usage_parts([a for a in actions if not a.option_strings], groups)
        usage = " ".join([prog] + self._usage_parts([a for a in actions if a.option_strings]
                                                    + [a for a in actions if not a.option_strings], groups))
        width = self._width
        if len(prefix) + len(usage) > width:
            def lines_of(parts, indent, first=None):
                lines, line = [], []
                used = (len(first) if first is not None else len(indent)) - 1
                for part in parts:
                    if used + 1 + len(part) > width and line:
                        lines.append(indent + " ".join(line))
                        line, used = [], len(indent) - 1
                    line.append(part)
                    used += len(part) + 1
                if line:
                    lines.append(indent + " ".join(line))
                if first is not None and lines:
                    lines[0] = lines[0][len(indent):]
                return lines
            if len(prefix) + len(prog) <= 0.75 * width:
                indent = " " * (len(prefix) + len(prog) + 1)
                if optionals:
                    lines = lines_of([prog] + optionals, indent, prefix) + lines_of(positionals, indent)
                elif positionals:
                    lines = lines_of([prog] + positionals, indent, prefix)
                else:
                    lines = [prog]
            else:
                indent = " " * len(prefix)
                lines = lines_of(optionals + positionals, indent)
                if len(lines) > 1:
                    lines = lines_of(optionals, indent) + lines_of(positionals, indent)
                lines = [prog] + lines
            usage = "\n".join(lines)
        return "%s%s\n\n" % (prefix, usage)


class RawDescriptionHelpFormatter(HelpFormatter):
    def _fill_text(self, text, width, indent):
        return "".join([indent + line for line in text.splitlines(True)])


class RawTextHelpFormatter(RawDescriptionHelpFormatter):
    def _split_lines(self, text, width):
        return text.splitlines()


class ArgumentDefaultsHelpFormatter(HelpFormatter):
    def _get_help_string(self, action):
        text = action.help or ""
        if "%(default)" not in text and action.default is not SUPPRESS and \
                (action.option_strings or action.nargs in (OPTIONAL, ZERO_OR_MORE)):
            text += " (default: %(default)s)"
        return text


class MetavarTypeHelpFormatter(HelpFormatter):
    def _get_default_metavar_for_optional(self, action):
        return action.type.__name__

    _get_default_metavar_for_positional = _get_default_metavar_for_optional


class _Container:
    def __init__(self, description, prefix_chars, argument_default, conflict_handler):
        self.description = description
        self.prefix_chars = prefix_chars
        self.argument_default = argument_default
        if conflict_handler not in ("error", "resolve"):
            raise ValueError("invalid conflict_resolution value: %r" % conflict_handler)
        self.conflict_handler = conflict_handler
        self._registries = {"action": dict(_ACTIONS), "type": {None: lambda s: s}}
        self._actions = []
        self._option_string_actions = {}
        self._action_groups = []
        self._mutually_exclusive_groups = []
        self._defaults = {}

    def register(self, registry, value, object):
        self._registries.setdefault(registry, {})[value] = object

    def set_defaults(self, **keywords):
        self._defaults.update(keywords)
        for action in self._actions:
            if action.dest in keywords:
                action.default = keywords[action.dest]

    def get_default(self, dest):
        for action in self._actions:
            if action.dest == dest and action.default is not None:
                return action.default
        return self._defaults.get(dest)

    def add_argument(self, *args, **keywords):
        chars = self.prefix_chars
        if not args or len(args) == 1 and args[0][0] not in chars:
            if args and "dest" in keywords:
                raise ValueError("dest supplied twice for positional argument")
            if not args and "dest" not in keywords:
                raise TypeError("add_argument() missing 1 required positional argument: 'dest'")
            dest = args[0] if args else keywords.pop("dest")
            if "required" in keywords:
                raise TypeError("'required' is an invalid argument for positionals")
            if keywords.get("nargs") not in (OPTIONAL, ZERO_OR_MORE, REMAINDER, SUPPRESS, 0):
                keywords["required"] = True
            if keywords.get("nargs") == ZERO_OR_MORE and "default" not in keywords:
                keywords["required"] = True
            options = []
        else:
            dest = keywords.pop("dest", None)
            options = list(args)
            for option in options:
                if option[0] not in chars:
                    raise ValueError("invalid option string %r: must start with a character %r" % (option, chars))
            if dest is None:
                long = [o for o in options if len(o) > 1 and o[1] in chars]
                dest = (long or options)[0].lstrip(chars)
                if not dest:
                    raise ValueError("dest= is required for options like %r" % options[0])
                dest = dest.replace("-", "_")
        if "default" not in keywords:
            if dest in self._defaults:
                keywords["default"] = self._defaults[dest]
            elif self.argument_default is not None:
                keywords["default"] = self.argument_default
        name = keywords.pop("action", None)
        make = self._registries["action"].get(name, name) if isinstance(name, str) or name is None else name
        if not callable(make):
            raise ValueError('unknown action "%s"' % (make,))
        if make in (_HelpAction, _VersionAction):
            keywords.pop("required", None)
        action = make(option_strings=options, dest=dest, **keywords)
        if not callable(action.type if action.type is not None else len) and \
                action.type not in self._registries["type"]:
            raise ValueError("%r is not callable" % (action.type,))
        if action.type is FileType:
            raise ValueError("%r is a FileType class object, instance of it must be passed" % (FileType,))
        if hasattr(self, "_get_formatter"):
            if not (isinstance(action.nargs, int)
                    or action.nargs in (None, OPTIONAL, ZERO_OR_MORE, ONE_OR_MORE, REMAINDER, PARSER, SUPPRESS)):
                raise ValueError("invalid nargs value")
            try:
                self._get_formatter()._args(action, None)
            except TypeError:
                raise ValueError("length of metavar tuple does not match nargs") from None
        return self._add_action(action)

    def _add_action(self, action):
        for option in action.option_strings:
            if option in self._option_string_actions:
                if self.conflict_handler == "resolve":
                    other = self._option_string_actions.pop(option)
                    other.option_strings.remove(option)
                    if not other.option_strings:
                        other.container._remove_action(other)
                else:
                    found = [o for o in action.option_strings if o in self._option_string_actions]
                    raise ArgumentError(action, "conflicting option string%s: %s"
                                        % ("s" if len(found) > 1 else "", ", ".join(found)))
        self._actions.append(action)
        action.container = self
        for option in action.option_strings:
            self._option_string_actions[option] = action
        return action

    def _remove_action(self, action):
        self._actions.remove(action)

    def add_argument_group(self, *args, **keywords):
        group = _ArgumentGroup(self, *args, **keywords)
        self._action_groups.append(group)
        return group

    def add_mutually_exclusive_group(self, **keywords):
        group = _MutuallyExclusiveGroup(self, **keywords)
        self._mutually_exclusive_groups.append(group)
        return group


class _ArgumentGroup(_Container):
    def __init__(self, container, title=None, description=None, **keywords):
        super().__init__(description, container.prefix_chars, container.argument_default, container.conflict_handler)
        self.title = title
        self._group_actions = []
        self._container = container
        # What is added goes to the parser too.
        self._registries = container._registries
        self._actions = container._actions
        self._option_string_actions = container._option_string_actions
        self._defaults = container._defaults
        self._mutually_exclusive_groups = container._mutually_exclusive_groups

    def _add_action(self, action):
        super()._add_action(action)
        self._group_actions.append(action)
        return action

    def _remove_action(self, action):
        super()._remove_action(action)
        self._group_actions.remove(action)


class _MutuallyExclusiveGroup(_ArgumentGroup):
    def __init__(self, container, required=False):
        super().__init__(container)
        self.required = required

    def _add_action(self, action):
        if action.required:
            raise ValueError("mutually exclusive arguments must be optional")
        self._container._add_action(action)
        self._group_actions.append(action)
        return action


class ArgumentParser(_Container):
    def __init__(self, prog=None, usage=None, description=None, epilog=None, parents=(), formatter_class=HelpFormatter,
                 prefix_chars="-", fromfile_prefix_chars=None, argument_default=None, conflict_handler="error",
                 add_help=True, allow_abbrev=True, exit_on_error=True):
        super().__init__(description, prefix_chars, argument_default, conflict_handler)
        if prog is None:
            prog = (sys.argv[0] if sys.argv else "").rsplit("/", 1)[-1]
        self.prog = prog
        self.usage = usage
        self.epilog = epilog
        self.formatter_class = formatter_class
        self.fromfile_prefix_chars = fromfile_prefix_chars
        self.add_help = add_help
        self.allow_abbrev = allow_abbrev
        self.exit_on_error = exit_on_error
        self._positionals = self.add_argument_group("positional arguments")
        self._optionals = self.add_argument_group("options")
        self._subparsers = None
        if add_help:
            dash = "-" if "-" in prefix_chars else prefix_chars[0]
            self.add_argument(dash + "h", dash * 2 + "help", action="help", default=SUPPRESS,
                              help="show this help message and exit")
        for parent in parents:
            titles = {group.title: group for group in self._action_groups}
            homes = []
            for group in parent._action_groups:
                mine = titles.get(group.title)
                if mine is None:
                    mine = self.add_argument_group(group.title, group.description)
                homes.extend([(action, mine) for action in group._group_actions])
            for action in parent._actions:
                for member, mine in homes:
                    if member is action:
                        mine._add_action(action)
            for group in parent._mutually_exclusive_groups:
                new = self.add_mutually_exclusive_group(required=group.required)
                new._group_actions.extend(group._group_actions)
            self._defaults.update(parent._defaults)

    def __repr__(self):
        return "%s(%s)" % (type(self).__name__, ", ".join(["%s=%r" % (n, getattr(self, n)) for n in (
            "prog", "usage", "description", "formatter_class", "conflict_handler", "add_help")]))

    def _add_action(self, action):
        (self._optionals if action.option_strings else self._positionals)._add_action(action)
        return action

    def add_subparsers(self, **keywords):
        if self._subparsers is not None:
            self.error("cannot have multiple subparser arguments")
        keywords.setdefault("parser_class", type(self))
        if "title" in keywords or "description" in keywords:
            self._subparsers = self.add_argument_group(keywords.pop("title", "subcommands"),
                                                       keywords.pop("description", None))
        else:
            self._subparsers = self._positionals
        if keywords.get("prog") is None:
            formatter = self._get_formatter()
            formatter.add_usage(self.usage, [a for a in self._actions if not a.option_strings],
                                self._mutually_exclusive_groups, "")
            keywords["prog"] = formatter.format_help().strip()
        kind = self._registries["action"][keywords.pop("action", "parsers")]
        return self._subparsers._add_action(kind(option_strings=[], **keywords))

    # Parsing.

    def parse_args(self, args=None, namespace=None):
        args, rest = self.parse_known_args(args, namespace)
        if rest:
            self.error("unrecognized arguments: %s" % " ".join(rest))
        return args

    def parse_known_args(self, args=None, namespace=None):
        args = list(sys.argv[1:] if args is None else args)
        if namespace is None:
            namespace = Namespace()
        for action in self._actions:
            if action.dest is not SUPPRESS and not hasattr(namespace, action.dest) and action.default is not SUPPRESS:
                setattr(namespace, action.dest, action.default)
        for dest, value in self._defaults.items():
            if not hasattr(namespace, dest):
                setattr(namespace, dest, value)
        if not self.exit_on_error:
            namespace, rest = self._parse(args, namespace)
        else:
            try:
                namespace, rest = self._parse(args, namespace)
            except ArgumentError as e:
                self.error(str(e))
        if hasattr(namespace, _UNKNOWN):
            rest.extend(getattr(namespace, _UNKNOWN))
            delattr(namespace, _UNKNOWN)
        return namespace, rest

    def parse_intermixed_args(self, args=None, namespace=None):
        args, rest = self.parse_known_intermixed_args(args, namespace)
        if rest:
            self.error("unrecognized arguments: %s" % " ".join(rest))
        return args

    def parse_known_intermixed_args(self, args=None, namespace=None):
        # The options first, with no positionals to fill; then the positionals with what is left.
        positionals = [a for a in self._actions if not a.option_strings]
        for action in positionals:
            if action.nargs in (PARSER, REMAINDER):
                raise TypeError("parse_intermixed_args: positional arg with nargs=%s" % action.nargs)
            for group in self._mutually_exclusive_groups:
                if action in group._group_actions:
                    raise TypeError("parse_intermixed_args: positional in mutuallyExclusiveGroup")
        saved = [(a, a.nargs, a.default) for a in positionals]
        usage = self.usage
        required = [x for x in self._actions + self._mutually_exclusive_groups
                    if getattr(x, "option_strings", True) and x.required]
        try:
            if self.usage is None:
                self.usage = self.format_usage()[7:].rstrip("\n")
            for action in positionals:
                action.nargs = action.default = SUPPRESS
            namespace, rest = self.parse_known_args(args, namespace)
            for action, nargs, default in saved:
                action.nargs, action.default = nargs, default
            for x in required:
                x.required = False
            return self.parse_known_args(rest, namespace)
        finally:
            self.usage = usage
            for action, nargs, default in saved:
                action.nargs, action.default = nargs, default
            for x in required:
                x.required = True

    def _is_negative_number(self, arg):
        return re.match(r"^-\d+$|^-\d*\.\d+$", arg) is not None

    def _option(self, arg):
        # (action or None, option string, explicit argument) of an argument that is an option, or None.
        if not arg or arg[0] not in self.prefix_chars:
            return None
        if arg in self._option_string_actions:
            return self._option_string_actions[arg], arg, None
        if len(arg) == 1:
            return None
        if "=" in arg:
            option, _, value = arg.partition("=")
            if option in self._option_string_actions:
                return self._option_string_actions[option], option, value
        found = self._abbreviated(arg)
        if len(found) > 1:
            raise ArgumentError(None, "ambiguous option: %s could match %s"
                                % (arg, ", ".join([option for _, option, _ in found])))
        if found:
            return found[0]
        if self._is_negative_number(arg) and not [
                1 for o in self._option_string_actions if self._is_negative_number(o)]:
            return None
        if " " in arg:
            return None
        return None, arg, None

    def _abbreviated(self, arg):
        chars = self.prefix_chars
        found = []
        if arg[1] in chars:
            if self.allow_abbrev:
                name, equals, value = arg.partition("=")
                for option in self._option_string_actions:
                    if option.startswith(name):
                        found.append((self._option_string_actions[option], option, value if equals else None))
            return found
        short, rest = arg[:2], arg[2:]
        for option in self._option_string_actions:
            if option == short:
                found.append((self._option_string_actions[option], option, rest))
            elif option.startswith(arg.partition("=")[0]) and self.allow_abbrev:
                _, equals, value = arg.partition("=")
                found.append((self._option_string_actions[option], option, value if equals else None))
        return found

    def _expand_files(self, args):
        if self.fromfile_prefix_chars is None:
            return args
        out = []
        for arg in args:
            if arg and arg[0] in self.fromfile_prefix_chars:
                try:
                    with open(arg[1:]) as f:
                        lines = f.read().splitlines()
                except OSError as e:
                    self.error(str(e))
                for line in lines:
                    out.extend(self.convert_arg_line_to_args(line))
            else:
                out.append(arg)
        return out

    def convert_arg_line_to_args(self, arg_line):
        return [arg_line]

    def _parse(self, args, namespace):
        args = self._expand_files(args)
        kinds = []
        options = {}
        for i, arg in enumerate(args):
            if arg == "--":
                kinds.append("-")
                kinds.extend("A" * (len(args) - i - 1))
                break
            option = self._option(arg)
            if option is None:
                kinds.append("A")
            else:
                options[i] = option
                kinds.append("O")
        pattern = "".join(kinds)
        extras = []
        seen = []
        given = []  # actions with values other than their defaults
        positionals = [a for a in self._actions if not a.option_strings]

        def take(action, values, option=None):
            seen.append(action)
            result = self._get_values(action, values)
            if result is not action.default:
                given.append(action)
                for group in self._mutually_exclusive_groups:
                    if action in group._group_actions:
                        for other in group._group_actions:
                            if other is not action and other in given:
                                raise ArgumentError(action, "not allowed with argument %s" % _name_of(other))
            if result is not SUPPRESS:
                action(self, namespace, result, option)

        def take_option(start):
            action, option, explicit = options[start]
            if action is None:
                extras.append(args[start])
                return start + 1
            while True:
                if explicit is not None:
                    n = self._match(action, "A")
                    if n == 0 and option[1] not in self.prefix_chars and explicit != "":
                        take(action, [], option)
                        option = option[0] + explicit[0]
                        explicit = explicit[1:] or None
                        if option not in self._option_string_actions:
                            raise ArgumentError(action, "ignored explicit argument %r" % (option[1] + (explicit or "")))
                        action = self._option_string_actions[option]
                        if explicit is None:
                            continue
                        if explicit[0] == "=":
                            explicit = explicit[1:]
                        continue
                    if n == 1:
                        take(action, [explicit], option)
                        return start + 1
                    raise ArgumentError(action, "ignored explicit argument %r" % explicit)
                n = self._match(action, pattern[start + 1:])
                take(action, args[start + 1:start + 1 + n], option)
                return start + 1 + n

        def take_positionals(start):
            # As many as the arguments up to the next option can satisfy.
            for count in range(len(positionals), 0, -1):
                regex = "".join([self._pattern(a) for a in positionals[:count]])
                m = re.match(regex, pattern[start:])
                if m is not None:
                    for action, text in zip(positionals[:count], m.groups()):
                        n = len(text)
                        take(action, args[start:start + n])
                        start += n
                    del positionals[:count]
                    break
            return start

        last = max(options) if options else -1
        i = 0
        while i <= last:
            following = min([k for k in options if k >= i])
            if i != following:
                at = take_positionals(i)
                if at > i:
                    i = at
                    continue
            if i not in options:
                extras.extend(args[i:following])
                i = following
            i = take_option(i)
        i = take_positionals(i)
        extras.extend(args[i:])
        missing = []
        for action in self._actions:
            if action in seen:
                continue
            if action.required:
                missing.append(_name_of(action))
            elif isinstance(action.default, str) and getattr(namespace, action.dest, None) is action.default:
                setattr(namespace, action.dest, self._get_value(action, action.default))
        if missing:
            self.error("the following arguments are required: %s" % ", ".join(missing))
        for group in self._mutually_exclusive_groups:
            if group.required and not [a for a in group._group_actions if a in given]:
                names = [_name_of(a) for a in group._group_actions if a.help is not SUPPRESS]
                self.error("one of the arguments %s is required" % " ".join(names))
        return namespace, extras

    def _pattern(self, action):
        n = action.nargs
        if n is None:
            text = "(-*A-*)"
        elif n == OPTIONAL:
            text = "(-*A?-*)"
        elif n == ZERO_OR_MORE:
            text = "(-*[A-]*)"
        elif n == ONE_OR_MORE:
            text = "(-*A[A-]*)"
        elif n == REMAINDER:
            text = "([AO-]*)"
        elif n == PARSER:
            text = "(-*A[AO-]*)"
        elif n == SUPPRESS:
            text = "(-*-*)"
        else:
            text = "(-*%s-*)" % "-*".join("A" * n)
        if action.option_strings:
            text = text.replace("-*", "").replace("-", "")
        return text

    def _match(self, action, pattern):
        m = re.match(self._pattern(action), pattern)
        if m is None:
            n = action.nargs
            text = {None: "expected one argument", OPTIONAL: "expected at most one argument",
                    ONE_OR_MORE: "expected at least one argument"}.get(n)
            if text is None:
                text = "expected %s argument%s" % (n, "" if n == 1 else "s")
            raise ArgumentError(action, text)
        return len(m.group(1))

    def _get_values(self, action, values):
        if action.nargs not in (PARSER, REMAINDER) and "--" in values:
            values = list(values)
            values.remove("--")
        n = action.nargs
        if not values and n == OPTIONAL:
            value = action.const if action.option_strings else action.default
            if isinstance(value, str):
                value = self._get_value(action, value)
                self._check_value(action, value)
            return value
        if not values and n == ZERO_OR_MORE and not action.option_strings:
            return action.default if action.default is not None else []
        if len(values) == 1 and n in (None, OPTIONAL):
            value = self._get_value(action, values[0])
            self._check_value(action, value)
            return value
        if n == REMAINDER:
            return [self._get_value(action, v) for v in values]
        if n == PARSER:
            value = [self._get_value(action, v) for v in values]
            self._check_value(action, value[0])
            return value
        if n == SUPPRESS:
            return SUPPRESS
        value = [self._get_value(action, v) for v in values]
        for v in value:
            self._check_value(action, v)
        return value

    def _get_value(self, action, text):
        convert = action.type
        if convert is None or not callable(convert):
            convert = self._registries["type"].get(convert, lambda s: s)
        try:
            return convert(text)
        except ArgumentTypeError as e:
            raise ArgumentError(action, str(e)) from None
        except (TypeError, ValueError):
            raise ArgumentError(action, "invalid %s value: %r" % (getattr(action.type, "__name__", repr(action.type)),
                                                                  text)) from None

    def _check_value(self, action, value):
        if action.choices is not None and value not in action.choices:
            raise ArgumentError(action, "invalid choice: %r (choose from %s)"
                                % (value, ", ".join([repr(c) for c in action.choices])))

    # Help.

    def _get_formatter(self):
        return self.formatter_class(prog=self.prog)

    def format_usage(self):
        formatter = self._get_formatter()
        formatter.add_usage(self.usage, self._actions, self._mutually_exclusive_groups)
        return formatter.format_help()

    def format_help(self):
        formatter = self._get_formatter()
        formatter.add_usage(self.usage, self._actions, self._mutually_exclusive_groups)
        formatter.add_text(self.description)
        for group in self._action_groups:
            formatter.add_section(group.title, group.description, group._group_actions)
        formatter.add_text(self.epilog)
        return formatter.format_help()

    def print_usage(self, file=None):
        self._print_message(self.format_usage(), sys.stdout if file is None else file)

    def print_help(self, file=None):
        self._print_message(self.format_help(), sys.stdout if file is None else file)

    def _print_message(self, message, file=None):
        if message:
            (sys.stderr if file is None else file).write(message)

    def exit(self, status=0, message=None):
        if message:
            self._print_message(message, sys.stderr)
        sys.exit(status)

    def error(self, message):
        self.print_usage(sys.stderr)
        self.exit(2, "%s: error: %s\n" % (self.prog, message))
