"""XML as a stream of events."""

from xml.sax.handler import ContentHandler, ErrorHandler
from xml.sax.xmlreader import AttributesImpl, InputSource


class SAXException(Exception):
    def __init__(self, msg, exception=None):
        self._msg, self._exception = msg, exception
        super().__init__(msg)

    def getMessage(self):
        return self._msg

    def getException(self):
        return self._exception

    def __str__(self):
        return self._msg


class SAXParseException(SAXException):
    def __init__(self, msg, exception, place):
        super().__init__(msg, exception)
        self._place = place

    def getLineNumber(self):
        return self._place[0]

    def getColumnNumber(self):
        return self._place[1]

    def getSystemId(self):
        return None

    getPublicId = getSystemId

    def __str__(self):
        return "<unknown>:%d:%d: %s" % (*self._place, self._msg)


class SAXNotRecognizedException(SAXException):
    pass


class SAXNotSupportedException(SAXException):
    pass


class _Target:
    def __init__(self, handler):
        self._handler = handler

    def start(self, tag, attrs):
        self._handler.startElement(tag, AttributesImpl(attrs))

    def end(self, tag):
        self._handler.endElement(tag)

    def data(self, data):
        for part in data.splitlines(True):
            if part != "\n" and part.endswith("\n"):
                self._handler.characters(part[:-1])
                part = "\n"
            self._handler.characters(part)

    def pi(self, target, text=None):
        self._handler.processingInstruction(target, text or "")


class _Parser:
    def __init__(self):
        self._handler, self._errors = ContentHandler(), ErrorHandler()

    def setContentHandler(self, handler):
        self._handler = handler

    def getContentHandler(self):
        return self._handler

    def setErrorHandler(self, handler):
        self._errors = handler

    def setFeature(self, name, state):
        pass

    def getFeature(self, name):
        return 0

    def parse(self, source):
        from xml.dom.minidom import _RawReader
        from xml.etree.ElementTree import _decode, _read
        if isinstance(source, InputSource):
            source = source.getByteStream() or source.getCharacterStream() or source.getSystemId()
        handler = self._handler
        handler.setDocumentLocator(None)
        handler.startDocument()
        try:
            _RawReader(_decode(_read(source)), _Target(handler)).run()
        except SyntaxError as e:
            self._errors.fatalError(SAXParseException(str(e).rpartition(": line")[0], e, e.position))
        handler.endDocument()


def make_parser(parser_list=()):
    return _Parser()


def parse(source, handler, errorHandler=None):
    parser = make_parser()
    parser.setContentHandler(handler)
    parser.setErrorHandler(errorHandler or ErrorHandler())
    parser.parse(source)


def parseString(string, handler, errorHandler=None):
    import io
    parse(io.StringIO(string) if isinstance(string, str) else io.BytesIO(string), handler, errorHandler)
