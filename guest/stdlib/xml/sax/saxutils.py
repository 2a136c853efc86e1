# Escaping of XML, and writing it.

from xml.sax.handler import ContentHandler


def escape(data, entities={}):
    data = data.replace("&", "&amp;").replace(">", "&gt;").replace("<", "&lt;")
    for key, value in entities.items():
        data = data.replace(key, value)
    return data


def unescape(data, entities={}):
    data = data.replace("&lt;", "<").replace("&gt;", ">")
    for key, value in entities.items():
        data = data.replace(key, value)
    return data.replace("&amp;", "&")


def quoteattr(data, entities={}):
    data = escape(data, dict(entities, **{"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}))
    if '"' in data:
        return "'%s'" % data if "'" not in data else '"%s"' % data.replace('"', "&quot;")
    return '"%s"' % data


class XMLGenerator(ContentHandler):
    def __init__(self, out=None, encoding="iso-8859-1", short_empty_elements=False):
        import sys
        out = sys.stdout if out is None else out
        self._encoding = encoding
        self._out = out
        self._binary = not hasattr(out, "encoding") and not hasattr(out, "newlines")
        self._short = short_empty_elements
        self._pending = False

    def _write(self, text):
        self._out.write(text.encode(self._encoding, "xmlcharrefreplace") if self._binary else text)

    def _finish(self):
        if self._pending:
            self._write(">")
            self._pending = False

    def startDocument(self):
        self._write('<?xml version="1.0" encoding="%s"?>\n' % self._encoding)

    def startElement(self, name, attrs):
        self._finish()
        self._write("<" + name)
        for key, value in attrs.items():
            self._write(" %s=%s" % (key, quoteattr(value)))
        if self._short:
            self._pending = True
        else:
            self._write(">")

    def endElement(self, name):
        if self._pending:
            self._write("/>")
            self._pending = False
        else:
            self._write("</%s>" % name)

    def characters(self, content):
        if content:
            self._finish()
            self._write(escape(content))

    def ignorableWhitespace(self, content):
        self._finish()
        self._write(content)

    def processingInstruction(self, target, data):
        self._finish()
        self._write("<?%s %s?>" % (target, data))
