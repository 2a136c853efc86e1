"""The errors of the parser of XML."""


class ExpatError(Exception):
    code = lineno = offset = 0


error = ExpatError
