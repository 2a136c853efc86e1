# Configuration of logging from a dict.

import logging

from logging import handlers as _handlers  # so that names of classes find it


class BaseConfigurator:
    def __init__(self, config):
        self.config = config


def _resolve(name):
    parts = name.split(".")
    found = __import__(parts[0])
    path = parts[0]
    for part in parts[1:]:
        path += "." + part
        try:
            found = getattr(found, part)
        except AttributeError:
            __import__(path)
            found = getattr(found, part)
    return found


def _value(value, config):
    if isinstance(value, str):
        if value.startswith("ext://"):
            return _resolve(value[6:])
        if value.startswith("cfg://"):
            found = config
            for part in value[6:].replace("]", "").replace("[", ".").split("."):
                found = found[int(part) if isinstance(found, list) else part]
            return found
    return value


def _make(options, config, default, rename=()):
    options = {key: _value(value, config) for key, value in options.items()}
    factory = options.pop("()", None) or options.pop("class", None) or default
    if isinstance(factory, str):
        factory = _resolve(factory)
    for old, new in rename:
        if old in options:
            options[new] = options.pop(old)
    extra = options.pop(".", None)
    made = factory(**options)
    for name, value in (extra or {}).items():
        setattr(made, name, value)
    return made


class DictConfigurator(BaseConfigurator):
    def configure(self):
        config = self.config
        if config.get("version") != 1:
            raise ValueError("dictionary doesn't specify a version" if "version" not in config
                             else "Unsupported version: %s" % config["version"])
        incremental = config.get("incremental", False)
        if not incremental:
            formatters = {}
            for name, options in config.get("formatters", {}).items():
                try:
                    formatters[name] = _make(options, config, logging.Formatter, (("format", "fmt"),))
                except Exception as e:
                    raise ValueError("Unable to configure formatter %r" % name) from e
            filters = {}
            for name, options in config.get("filters", {}).items():
                try:
                    filters[name] = _make(options, config, logging.Filter)
                except Exception as e:
                    raise ValueError("Unable to configure filter %r" % name) from e
            self.filters = filters
            self.handlers = {}
            for name in sorted(config.get("handlers", {})):
                try:
                    self.handlers[name] = self.handler(name, dict(config["handlers"][name]), formatters)
                except Exception as e:
                    raise ValueError("Unable to configure handler %r" % name) from e
            if config.get("disable_existing_loggers", True):
                for name, logger in logging.root.manager.loggerDict.items():
                    if isinstance(logger, logging.Logger):
                        logger.disabled = not any([name == known or name.startswith(known + ".")
                                                   for known in config.get("loggers", {})])
        for name, options in config.get("loggers", {}).items():
            logger = logging.getLogger(name)
            self.logger(logger, options, incremental)
            if options.get("propagate") is not None:
                logger.propagate = options["propagate"]
        if config.get("root"):
            self.logger(logging.getLogger(), config["root"], incremental)

    def handler(self, name, options, formatters):
        formatter = options.pop("formatter", None)
        level = options.pop("level", None)
        filters = options.pop("filters", ())
        if isinstance(options.get("target"), str) and options["target"] in self.handlers:
            options["target"] = self.handlers[options["target"]]
        made = _make(options, self.config, logging.StreamHandler)
        made.name = name
        if formatter is not None:
            made.setFormatter(formatters[formatter])
        if level is not None:
            made.setLevel(level)
        for f in filters:
            made.addFilter(self.filters[f] if isinstance(f, str) else f)
        return made

    def logger(self, logger, options, incremental):
        if options.get("level") is not None:
            logger.setLevel(options["level"])
        if not incremental:
            for old in logger.handlers[:]:
                logger.removeHandler(old)
            for name in options.get("handlers", ()):
                logger.addHandler(self.handlers[name])
            for f in options.get("filters", ()):
                logger.addFilter(self.filters[f] if isinstance(f, str) else f)


dictConfigClass = DictConfigurator


def dictConfig(config):
    dictConfigClass(config).configure()


def fileConfig(fname, defaults=None, disable_existing_loggers=True, encoding=None):
    raise PermissionError("no file was granted: %r" % (fname,))
