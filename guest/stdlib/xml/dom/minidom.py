"""A small DOM: documents as trees of nodes. Names are as they are written, prefixes and all."""

import io
import xml.dom
from xml.etree.ElementTree import _Reader, _decode

__all__ = ["parse", "parseString", "Document", "Element", "Text", "Comment", "Attr", "Node", "getDOMImplementation"]


class NodeList(list):
    def item(self, index):
        return self[index] if 0 <= index < len(self) else None

    length = property(len)


def _data(writer, text):
    writer.write(text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;").replace(">", "&gt;"))


class Node(xml.dom.Node):
    parentNode = ownerDocument = previousSibling = nextSibling = nodeValue = attributes = None
    namespaceURI = prefix = None

    def __init__(self):
        self.childNodes = NodeList()

    def __bool__(self):
        return True

    @property
    def firstChild(self):
        return self.childNodes[0] if self.childNodes else None

    @property
    def lastChild(self):
        return self.childNodes[-1] if self.childNodes else None

    def hasChildNodes(self):
        return bool(self.childNodes)

    def _link(self):
        before = None
        for node in self.childNodes:
            node.parentNode, node.previousSibling, node.nextSibling = self, before, None
            if before is not None:
                before.nextSibling = node
            before = node

    def appendChild(self, node):
        return self.insertBefore(node, None)

    def insertBefore(self, newChild, refChild):
        if newChild.nodeType == self.DOCUMENT_FRAGMENT_NODE:
            for child in list(newChild.childNodes):
                self.insertBefore(child, refChild)
            return newChild
        if self.nodeType not in (self.ELEMENT_NODE, self.DOCUMENT_NODE, self.DOCUMENT_FRAGMENT_NODE):
            raise xml.dom.HierarchyRequestErr("%r cannot be child of %r" % (newChild, self))
        if newChild.parentNode is not None:
            newChild.parentNode.removeChild(newChild)
        if refChild is None:
            self.childNodes.append(newChild)
        else:
            self.childNodes.insert(self._index(refChild), newChild)
        self._link()
        return newChild

    def _index(self, child):
        for i, node in enumerate(self.childNodes):
            if node is child:
                return i
        raise xml.dom.NotFoundErr()

    def removeChild(self, oldChild):
        del self.childNodes[self._index(oldChild)]
        oldChild.parentNode = oldChild.previousSibling = oldChild.nextSibling = None
        self._link()
        return oldChild

    def replaceChild(self, newChild, oldChild):
        self.insertBefore(newChild, oldChild)
        return self.removeChild(oldChild)

    def normalize(self):
        for child in list(self.childNodes):
            before = child.previousSibling
            if child.nodeType == self.TEXT_NODE and (not child.data or before is not None and before.nodeType == self.TEXT_NODE):
                if child.data:
                    before.data += child.data
                self.removeChild(child)
            else:
                child.normalize()

    def cloneNode(self, deep):
        clone = self._copy()
        clone.ownerDocument = self.ownerDocument
        if deep:
            for child in self.childNodes:
                clone.appendChild(child.cloneNode(True))
        return clone

    def getElementsByTagName(self, name):
        found = NodeList()
        for child in self.childNodes:
            if child.nodeType == self.ELEMENT_NODE:
                if name in ("*", child.tagName):
                    found.append(child)
                found.extend(child.getElementsByTagName(name))
        return found

    def toxml(self, encoding=None, standalone=None):
        return self.toprettyxml("", "", encoding, standalone)

    def toprettyxml(self, indent="\t", newl="\n", encoding=None, standalone=None):
        writer = io.StringIO()
        if self.nodeType == self.DOCUMENT_NODE:
            self.writexml(writer, "", indent, newl, encoding, standalone)
        else:
            self.writexml(writer, "", indent, newl)
        text = writer.getvalue()
        return text if encoding is None else text.encode(encoding, "xmlcharrefreplace")

    def unlink(self):
        for child in self.childNodes:
            child.unlink()
        self.childNodes = NodeList()
        self.parentNode = self.ownerDocument = None

    def __enter__(self):
        return self

    def __exit__(self, *details):
        self.unlink()


class DocumentFragment(Node):
    nodeType, nodeName = Node.DOCUMENT_FRAGMENT_NODE, "#document-fragment"

    def _copy(self):
        return DocumentFragment()


class Attr(Node):
    nodeType = Node.ATTRIBUTE_NODE

    def __init__(self, name, value=""):
        super().__init__()
        self.name = self.nodeName = self.localName = name
        self.value = value

    nodeValue = property(lambda self: self.value, lambda self, value: setattr(self, "value", value))


class NamedNodeMap:
    def __init__(self, attrs):
        self._attrs = attrs

    def __len__(self):
        return len(self._attrs)

    length = property(__len__)

    def __getitem__(self, name):
        return self._attrs[name]

    def __contains__(self, name):
        return name in self._attrs

    def get(self, name, value=None):
        return self._attrs.get(name, value)

    getNamedItem = get

    def item(self, index):
        return list(self._attrs.values())[index] if 0 <= index < len(self) else None

    def items(self):
        return [(name, attr.value) for name, attr in self._attrs.items()]

    def keys(self):
        return self._attrs.keys()

    def values(self):
        return self._attrs.values()


class Element(Node):
    nodeType = Node.ELEMENT_NODE

    def __init__(self, tagName, namespaceURI=None, prefix=None, localName=None):
        super().__init__()
        self.tagName = self.nodeName = tagName
        self.prefix, _, self.localName = tagName.rpartition(":")
        self.namespaceURI = namespaceURI
        self._attrs = {}

    def __repr__(self):
        return "<DOM Element: %s at %#x>" % (self.tagName, id(self))

    @property
    def attributes(self):
        return NamedNodeMap(self._attrs)

    def _copy(self):
        clone = Element(self.tagName, self.namespaceURI)
        for name, attr in self._attrs.items():
            clone.setAttribute(name, attr.value)
        return clone

    def getAttribute(self, attname):
        attr = self._attrs.get(attname)
        return "" if attr is None else attr.value

    def setAttribute(self, attname, value):
        attr = self._attrs.get(attname)
        if attr is None:
            attr = self._attrs[attname] = Attr(attname)
            attr.ownerElement, attr.ownerDocument = self, self.ownerDocument
        attr.value = value

    def getAttributeNode(self, attrname):
        return self._attrs.get(attrname)

    def setAttributeNode(self, attr):
        old = self._attrs.get(attr.name)
        self._attrs[attr.name] = attr
        attr.ownerElement = self
        return old

    def removeAttribute(self, name):
        if name not in self._attrs:
            raise xml.dom.NotFoundErr()
        del self._attrs[name]

    def hasAttribute(self, name):
        return name in self._attrs

    def hasAttributes(self):
        return bool(self._attrs)

    def setAttributeNS(self, namespaceURI, qualifiedName, value):
        self.setAttribute(qualifiedName, value)

    def writexml(self, writer, indent="", addindent="", newl=""):
        writer.write(indent + "<" + self.tagName)
        for name, attr in self._attrs.items():
            writer.write(' %s="' % name)
            _data(writer, attr.value)
            writer.write('"')
        if not self.childNodes:
            writer.write("/>" + newl)
            return
        writer.write(">")
        if len(self.childNodes) == 1 and self.childNodes[0].nodeType in (Node.TEXT_NODE, Node.CDATA_SECTION_NODE):
            self.childNodes[0].writexml(writer, "", "", "")
        else:
            writer.write(newl)
            for node in self.childNodes:
                node.writexml(writer, indent + addindent, addindent, newl)
            writer.write(indent)
        writer.write("</%s>%s" % (self.tagName, newl))


class CharacterData(Node):
    def __init__(self, data=""):
        super().__init__()
        self.data = data

    nodeValue = property(lambda self: self.data, lambda self, value: setattr(self, "data", value))

    def __len__(self):
        return len(self.data)

    length = property(__len__)

    def __repr__(self):
        data = self.data
        return '<DOM %s node "%r%s">' % (type(self).__name__, data[:10], "..." if len(data) > 10 else "")

    def appendData(self, arg):
        self.data += arg

    def _copy(self):
        return type(self)(self.data)


class Text(CharacterData):
    nodeType, nodeName = Node.TEXT_NODE, "#text"

    @property
    def wholeText(self):
        return self.data

    def writexml(self, writer, indent="", addindent="", newl=""):
        _data(writer, indent + self.data + newl)


class CDATASection(Text):
    nodeType, nodeName = Node.CDATA_SECTION_NODE, "#cdata-section"

    def writexml(self, writer, indent="", addindent="", newl=""):
        writer.write("<![CDATA[%s]]>" % self.data)


class Comment(CharacterData):
    nodeType, nodeName = Node.COMMENT_NODE, "#comment"

    def writexml(self, writer, indent="", addindent="", newl=""):
        writer.write("%s<!--%s-->%s" % (indent, self.data, newl))


class ProcessingInstruction(Node):
    nodeType = Node.PROCESSING_INSTRUCTION_NODE

    def __init__(self, target, data):
        super().__init__()
        self.target = self.nodeName = target
        self.data = data

    def _copy(self):
        return ProcessingInstruction(self.target, self.data)

    def writexml(self, writer, indent="", addindent="", newl=""):
        writer.write("%s<?%s %s?>%s" % (indent, self.target, self.data, newl))


class Document(Node):
    nodeType, nodeName = Node.DOCUMENT_NODE, "#document"
    doctype = encoding = standalone = None

    @property
    def documentElement(self):
        for node in self.childNodes:
            if node.nodeType == Node.ELEMENT_NODE:
                return node

    def appendChild(self, node):
        if node.nodeType == Node.ELEMENT_NODE and self.documentElement is not None and node.parentNode is not self:
            raise xml.dom.HierarchyRequestErr("two document elements disallowed")
        return super().appendChild(node)

    def _copy(self):
        return Document()

    def _own(self, node):
        node.ownerDocument = self
        return node

    def createElement(self, tagName):
        return self._own(Element(tagName))

    def createElementNS(self, namespaceURI, qualifiedName):
        return self._own(Element(qualifiedName, namespaceURI))

    def createTextNode(self, data):
        if not isinstance(data, str):
            raise TypeError("node contents must be a string")
        return self._own(Text(data))

    def createCDATASection(self, data):
        return self._own(CDATASection(data))

    def createComment(self, data):
        return self._own(Comment(data))

    def createProcessingInstruction(self, target, data):
        return self._own(ProcessingInstruction(target, data))

    def createAttribute(self, qName):
        return self._own(Attr(qName))

    def createDocumentFragment(self):
        return self._own(DocumentFragment())

    def getElementById(self, id):
        return None

    def importNode(self, node, deep):
        return self._own(node.cloneNode(deep))

    def writexml(self, writer, indent="", addindent="", newl="", encoding=None, standalone=None):
        parts = ['version="1.0" ' if encoding is None else 'version="1.0"']
        if encoding is not None:
            parts.append('encoding="%s"' % encoding)
        if standalone is not None:
            parts.append('standalone="%s"' % ("yes" if standalone else "no"))
        writer.write("<?xml %s?>%s" % (" ".join(parts), newl))
        for node in self.childNodes:
            node.writexml(writer, indent, addindent, newl)


class _RawReader(_Reader):
    raw = True


class _Builder:
    # The target of a reader.
    def __init__(self):
        self.document = Document()
        self._stack = [self.document]

    def _add(self, node):
        node.ownerDocument = self.document
        top = self._stack[-1]
        node.parentNode = top
        if top.childNodes:
            node.previousSibling = top.childNodes[-1]
            top.childNodes[-1].nextSibling = node
        top.childNodes.append(node)

    def start(self, tag, attrs):
        element = Element(tag)
        # The declarations of namespaces come first.
        for name, value in sorted(attrs.items(), key=lambda item: item[0][:5] != "xmlns"):
            element.setAttribute(name, value)
        self._add(element)
        self._stack.append(element)

    def end(self, tag):
        self._stack.pop()

    def data(self, data):
        last = self._stack[-1].lastChild
        if last is not None and last.nodeType == Node.TEXT_NODE:
            last.data += data
        elif data:
            self._add(Text(data))

    def comment(self, text):
        self._add(Comment(text))

    def pi(self, target, text=None):
        self._add(ProcessingInstruction(target, text or ""))


def parseString(string, parser=None):
    builder = _Builder()
    try:
        _RawReader(_decode(string), builder).run()
    except SyntaxError as e:
        from xml.parsers.expat import ExpatError
        error = ExpatError(str(e))
        error.code, (error.lineno, error.offset) = e.code, e.position
        raise error from None
    return builder.document


def parse(file, parser=None, bufsize=None):
    if hasattr(file, "read"):
        return parseString(file.read())
    with open(file, "rb") as f:
        return parseString(f.read())


class DOMImplementation:
    def createDocument(self, namespaceURI, qualifiedName, doctype):
        document = Document()
        if qualifiedName:
            document.appendChild(document.createElementNS(namespaceURI, qualifiedName))
        return document


def getDOMImplementation(features=None):
    return DOMImplementation()
