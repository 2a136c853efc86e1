# What "from __future__ import" may name. All of it is in force already, or changes nothing here.


class _Feature:
    compiler_flag = 0

    def __init__(self, name, optional, mandatory):
        self._name = name
        self.optional = optional
        self.mandatory = mandatory

    def getOptionalRelease(self):
        return self.optional

    def getMandatoryRelease(self):
        return self.mandatory

    def __repr__(self):
        return "_Feature(%r, %r, 0)" % (self.optional, self.mandatory)


all_feature_names = ["nested_scopes", "generators", "division", "absolute_import", "with_statement", "print_function",
                     "unicode_literals", "barry_as_FLUFL", "generator_stop", "annotations"]
_since = ((2, 1), (2, 2), (2, 2), (2, 5), (2, 5), (2, 6), (2, 6), (3, 1), (3, 5), (3, 7))
_in_all = ((2, 2), (2, 3), (3, 0), (3, 0), (2, 6), (3, 0), (3, 0), (4, 0), (3, 7), None)
for _name, _a, _b in zip(all_feature_names, _since, _in_all):
    globals()[_name] = _Feature(_name, _a + (0, "final", 0), _b and _b + (0, "final", 0))
