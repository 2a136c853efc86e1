class InputSource:
    def __init__(self, system_id=None):
        self._system_id, self._bytes, self._characters = system_id, None, None

    def getSystemId(self):
        return self._system_id

    def setByteStream(self, stream):
        self._bytes = stream

    def getByteStream(self):
        return self._bytes

    def setCharacterStream(self, stream):
        self._characters = stream

    def getCharacterStream(self):
        return self._characters


class AttributesImpl:
    def __init__(self, attrs):
        self._attrs = attrs

    def getLength(self):
        return len(self._attrs)

    __len__ = getLength

    def getType(self, name):
        return "CDATA"

    def getValue(self, name):
        return self._attrs[name]

    __getitem__ = getValue

    def getNames(self):
        return list(self._attrs)

    keys = getQNames = getNames

    def __contains__(self, name):
        return name in self._attrs

    def get(self, name, alternative=None):
        return self._attrs.get(name, alternative)

    def items(self):
        return list(self._attrs.items())

    def values(self):
        return list(self._attrs.values())

    def copy(self):
        return type(self)(self._attrs)
