"""How headers are read and lines are written."""


class Policy:
    linesep = "\n"
    max_line_length = 78
    cte_type = "8bit"
    raise_on_defect = False
    mangle_from_ = False
    utf8 = False
    modern = True  # headers are decoded and unfolded

    def __init__(self, **kwargs):
        for name, value in kwargs.items():
            if not hasattr(type(self), name) and name not in ("refold_source", "header_factory", "content_manager", "message_factory"):
                raise TypeError("%r is an invalid keyword argument for %s" % (name, type(self).__name__))
            setattr(self, name, value)

    def clone(self, **kwargs):
        made = type(self)(**{**self.__dict__, **kwargs})
        made.modern = self.modern
        return made

    def __add__(self, other):
        return self.clone(**other.__dict__)


class EmailPolicy(Policy):
    pass


class Compat32(Policy):
    modern = False
    mangle_from_ = True


default = EmailPolicy()
strict = EmailPolicy(raise_on_defect=True)
SMTP = EmailPolicy(linesep="\r\n")
SMTPUTF8 = EmailPolicy(linesep="\r\n", utf8=True)
HTTP = EmailPolicy(linesep="\r\n", max_line_length=None)
compat32 = Compat32()
