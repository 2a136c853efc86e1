# XML as trees of elements. The parser reads no external entities and expands none but the predefined ones.

import re

__all__ = ["Comment", "dump", "Element", "ElementTree", "fromstring", "fromstringlist", "indent", "iselement", "iterparse",
           "parse", "ParseError", "PI", "ProcessingInstruction", "QName", "SubElement", "tostring", "tostringlist",
           "TreeBuilder", "VERSION", "XML", "XMLID", "XMLParser", "XMLPullParser", "register_namespace", "canonicalize"]
VERSION = "1.3.0"


class ParseError(SyntaxError):
    pass


class Element:
    def __init__(self, tag, attrib={}, **extra):
        if not isinstance(attrib, dict):
            raise TypeError("attrib must be dict, not %s" % type(attrib).__name__)
        self.tag = tag
        self.attrib = dict(attrib, **extra)
        self.text = self.tail = None
        self._children = []

    def __repr__(self):
        return "<%s %r at %#x>" % (type(self).__name__, self.tag, id(self))

    def makeelement(self, tag, attrib):
        return type(self)(tag, attrib)

    def __copy__(self):
        new = self.makeelement(self.tag, self.attrib)
        new.text, new.tail = self.text, self.tail
        new._children = self._children[:]
        return new

    def __len__(self):
        return len(self._children)

    def __bool__(self):
        return len(self._children) != 0

    def __getitem__(self, index):
        return self._children[index]

    def __setitem__(self, index, element):
        self._children[index] = element

    def __delitem__(self, index):
        del self._children[index]

    def __iter__(self):
        return iter(self._children)

    def append(self, subelement):
        self._check(subelement)
        self._children.append(subelement)

    def extend(self, elements):
        for element in elements:
            self.append(element)

    def insert(self, index, subelement):
        self._check(subelement)
        self._children.insert(index, subelement)

    def _check(self, e):
        if not isinstance(e, Element):
            raise TypeError("expected an Element, not %s" % type(e).__name__)

    def remove(self, subelement):
        for i, child in enumerate(self._children):
            if child is subelement:
                del self._children[i]
                return
        raise ValueError("list.remove(x): x not in list")

    def find(self, path, namespaces=None):
        for element in _find(self, path, namespaces):
            return element

    def findtext(self, path, default=None, namespaces=None):
        element = self.find(path, namespaces)
        return default if element is None else element.text or ""

    def findall(self, path, namespaces=None):
        return list(_find(self, path, namespaces))

    def iterfind(self, path, namespaces=None):
        return iter(_find(self, path, namespaces))

    def clear(self):
        self.attrib.clear()
        self._children = []
        self.text = self.tail = None

    def get(self, key, default=None):
        return self.attrib.get(key, default)

    def set(self, key, value):
        self.attrib[key] = value

    def keys(self):
        return list(self.attrib)

    def items(self):
        return list(self.attrib.items())

    def iter(self, tag=None):
        if tag == "*":
            tag = None
        stack = [self]
        while stack:
            e = stack.pop()
            if tag is None or e.tag == tag:
                yield e
            stack.extend(reversed(e._children))

    def itertext(self):
        if not isinstance(self.tag, str) and self.tag is not None:
            return
        if self.text:
            yield self.text
        for e in self:
            yield from e.itertext()
            if e.tail:
                yield e.tail


def SubElement(parent, tag, attrib={}, **extra):
    element = parent.makeelement(tag, dict(attrib, **extra))
    parent.append(element)
    return element


def Comment(text=None):
    element = Element(Comment)
    element.text = text
    return element


def ProcessingInstruction(target, text=None):
    element = Element(ProcessingInstruction)
    element.text = target + " " + text if text else target
    return element


PI = ProcessingInstruction


class QName:
    def __init__(self, text_or_uri, tag=None):
        self.text = "{%s}%s" % (text_or_uri, tag) if tag else str(text_or_uri)

    def __str__(self):
        return self.text

    def __repr__(self):
        return "<QName %r>" % self.text

    def __eq__(self, other):
        return self.text == (other.text if isinstance(other, QName) else other)

    def __hash__(self):
        return hash(self.text)


def iselement(element):
    return hasattr(element, "tag")


# Paths: the part of XPath that ElementTree knows.

_TOKEN = re.compile(r"('[^']*'|\"[^\"]*\"|::|//?|\.\.|\(\)|!=|[/.*:\[\]\(\)@=])|((?:\{[^}]+\})?[^/\[\]\(\)@!=\s]+)|\s+")


def _tokens(path, namespaces):
    default = namespaces.get("") if namespaces else None
    attribute = False
    for m in _TOKEN.finditer(path):
        kind, tag = m.group(1), m.group(2)
        if tag and tag[0] != "{":
            if ":" in tag:
                prefix, uri = tag.split(":", 1)
                if not namespaces or prefix not in namespaces:
                    raise SyntaxError("prefix %r not found in prefix map" % prefix)
                tag = "{%s}%s" % (namespaces[prefix], uri)
            elif default and not attribute:
                tag = "{%s}%s" % (default, tag)
        attribute = kind == "@"
        if kind or tag:
            yield kind or "", tag


def _same(tag, wanted):
    if wanted == "*" or wanted == "{*}*":
        return isinstance(tag, str)
    if wanted[:3] == "{*}":
        return isinstance(tag, str) and (tag == wanted[3:] or tag.endswith("}" + wanted[3:]))
    if wanted[-2:] == "}*":
        return isinstance(tag, str) and tag.startswith(wanted[:-1])
    return tag == wanted


def _find(root, path, namespaces):
    if isinstance(path, QName):
        path = path.text
    if path[-1:] == "/":
        path += "*"
    if path[:1] == "/":
        raise SyntaxError("cannot use absolute path on element")
    tokens = list(_tokens(path, namespaces))
    parents = {}
    found = [root]
    i = 0
    while i < len(tokens):
        kind, tag = tokens[i]
        i += 1
        if kind == "//":
            if i >= len(tokens):
                raise SyntaxError("invalid path")
            kind, wanted = tokens[i]
            i += 1
            if kind == "*":
                wanted = "*"
            elif not wanted:
                raise SyntaxError("invalid descendant")
            found = [e for base in found for e in base.iter() if e is not base and _same(e.tag, wanted)]
        elif kind == "*":
            found = [e for base in found for e in base if isinstance(e.tag, str)]
        elif kind == ".":
            pass
        elif kind == "..":
            if not parents:
                parents = {id(child): p for p in root.iter() for child in p}
            new = []
            for e in found:
                p = parents.get(id(e))
                if p is not None and p not in new:
                    new.append(p)
            found = new
        elif kind == "[":
            predicate = []
            while i < len(tokens) and tokens[i][0] != "]":
                predicate.append(tokens[i])
                i += 1
            if i >= len(tokens):
                raise SyntaxError("invalid path")
            i += 1
            if not parents:
                parents = {id(child): p for p in root.iter() for child in p}
            found = _filter(found, predicate, parents)
        elif kind == "/":
            pass
        elif tag:
            found = [e for base in found for e in base if _same(e.tag, tag)]
        else:
            raise SyntaxError("invalid path")
    return found


def _filter(found, predicate, parents):
    shape = "".join([kind if kind and kind[0] not in "'\"" else "'" if kind else "-" for kind, _ in predicate])
    words = [kind[1:-1] if kind and kind[0] in "'\"" else tag for kind, tag in predicate]
    if shape == "@-":
        return [e for e in found if e.get(words[1]) is not None]
    if shape in ("@-='", "@-!='"):
        equal = shape == "@-='"
        return [e for e in found if e.get(words[1]) is not None and (e.get(words[1]) == words[-1]) == equal]
    text = lambda e: "".join(e.itertext())
    if shape in (".='", ".!='"):
        return [e for e in found if (text(e) == words[-1]) == (shape == ".='")]
    if shape in ("-='", "-!='"):
        equal = shape == "-='"
        return [e for e in found if [1 for c in e.findall(words[0]) if (text(c) == words[-1]) == equal]]
    if shape in ("-", "-()", "-()--"):
        if shape == "-" and not words[0].isdigit():
            return [e for e in found if e.find(words[0]) is not None]
        if shape == "-":
            index = int(words[0]) - 1
            if index < 0:
                raise SyntaxError("XPath position >= 1 expected")
        else:
            if words[0] != "last":
                raise SyntaxError("unsupported function")
            index = -1 if shape == "-()" else int(words[-1]) - 1
        out = []
        for e in found:
            p = parents.get(id(e))
            same = [c for c in p if c.tag == e.tag] if p is not None else [e]
            if -len(same) <= index < len(same) and same[index] is e:
                out.append(e)
        return out
    raise SyntaxError("invalid predicate")


class TreeBuilder:
    def __init__(self, element_factory=None, *, comment_factory=None, pi_factory=None, insert_comments=False,
                 insert_pis=False):
        self._make = element_factory or Element
        self._comment = Comment if insert_comments else comment_factory
        self._insert_comments = insert_comments
        self._insert_pis = insert_pis
        self._data = []
        self._stack = []
        self._last = self._root = None
        self._tail = False

    def close(self):
        self._flush()
        return self._root

    def _flush(self):
        if self._data:
            if self._last is not None:
                text = "".join(self._data)
                if self._tail:
                    self._last.tail = text
                else:
                    self._last.text = text
            self._data = []

    def data(self, data):
        self._data.append(data)

    def _place(self, element):
        self._flush()
        self._last = element
        if self._stack:
            self._stack[-1].append(element)
        elif self._root is None:
            self._root = element

    def start(self, tag, attrs):
        element = self._make(tag, attrs)
        self._place(element)
        self._stack.append(element)
        self._tail = False
        return element

    def end(self, tag):
        self._flush()
        self._last = self._stack.pop()
        self._tail = True
        return self._last

    def comment(self, text):
        if self._insert_comments:
            self._place(Comment(text))
            self._tail = True

    def pi(self, target, text=None):
        if self._insert_pis:
            self._place(ProcessingInstruction(target, text))
            self._tail = True


_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_SPACE = " \t\r\n"


class _Reader:
    raw = False  # names as they are written, with the attributes that declare namespaces

    def __init__(self, text, target, namespaces=None):
        self.text = text.replace("\r\n", "\n").replace("\r", "\n")
        self.target = target
        self.at = 0
        self.scopes = [{"xml": "http://www.w3.org/XML/1998/namespace"}]
        self.on_namespace = namespaces

    def fail(self, message, at=None, code=4):
        at = self.at if at is None else at
        line = self.text.count("\n", 0, at) + 1
        column = at - (self.text.rfind("\n", 0, at) + 1)
        error = ParseError("%s: line %d, column %d" % (message, line, column))
        error.code = code
        error.position = line, column
        raise error

    def unescape(self, text, at):
        if "&" not in text:
            return text
        out = []
        i = 0
        while True:
            j = text.find("&", i)
            if j < 0:
                out.append(text[i:])
                return "".join(out)
            out.append(text[i:j])
            end = text.find(";", j)
            name = text[j + 1:end]
            if end < 0 or not name or [1 for c in name if c in _SPACE + "&<"]:
                self.fail("not well-formed (invalid token)", at + j + 1)
            if name[0] == "#":
                try:
                    out.append(chr(int(name[2:], 16) if name[1:2] == "x" else int(name[1:])))
                except (ValueError, OverflowError):
                    self.fail("reference to invalid character number", at + j, 14)
            elif name in _NAMED:
                out.append(_NAMED[name])
            else:
                self.fail("undefined entity", at + j, 11)
            i = end + 1

    def qualified(self, name, attribute=False):
        if self.raw:
            return name
        prefix, colon, local = name.partition(":")
        if not colon:
            uri = None if attribute else self.scopes[-1].get("")
            return "{%s}%s" % (uri, name) if uri else name
        uri = self.scopes[-1].get(prefix)
        if uri is None:
            self.fail("unbound prefix", None, 27)
        return "{%s}%s" % (uri, local)

    def run(self):
        text, n = self.text, len(self.text)
        stack = []
        seen_root = False
        if text[:1] == "\ufeff":
            self.at = 1
        while self.at < n:
            at = self.at
            if text[at] != "<":
                end = text.find("<", at)
                end = n if end < 0 else end
                data = text[at:end]
                if stack:
                    if "]]>" in data:
                        self.fail("not well-formed (invalid token)", at + data.index("]]>") + 2)
                    self.target.data(self.unescape(data, at))
                elif data.strip(_SPACE):
                    at += len(data) - len(data.lstrip(_SPACE))
                    if seen_root:
                        self.fail("junk after document element", at, 9)
                    self.fail("syntax error", at, 2)
                self.at = end
                continue
            if text.startswith("<!--", at):
                end = text.find("-->", at + 4)
                if end < 0:
                    self.fail("unclosed token", at, 5)
                if hasattr(self.target, "comment"):
                    self.target.comment(text[at + 4:end])
                self.at = end + 3
            elif text.startswith("<![CDATA[", at) and stack:
                end = text.find("]]>", at)
                if end < 0:
                    self.fail("unclosed CDATA section", n, 20)
                self.target.data(text[at + 9:end])
                self.at = end + 3
            elif text.startswith("<?", at):
                end = text.find("?>", at)
                if end < 0:
                    self.fail("unclosed token", at, 5)
                target, _, rest = text[at + 2:end].partition(" ")
                if target.lower() == "xml":
                    if at > 1:
                        self.fail("XML or text declaration not at start of entity", at, 30)
                elif hasattr(self.target, "pi"):
                    self.target.pi(target, rest.strip() or None)
                self.at = end + 2
            elif text.startswith("<!DOCTYPE", at) and not seen_root:
                depth, i = 0, at
                while i < n:
                    if text[i] == "[":
                        depth += 1
                    elif text[i] == "]":
                        depth -= 1
                    elif text[i] == ">" and depth <= 0:
                        break
                    i += 1
                self.at = i + 1
            elif text.startswith("</", at):
                end = text.find(">", at)
                if end < 0:
                    self.fail("unclosed token", at, 5)
                name = text[at + 2:end].rstrip(_SPACE)
                if not stack:
                    self.fail("not well-formed (invalid token)", at + 1)
                if stack[-1] != name:
                    self.fail("mismatched tag", at + 2, 7)
                self.target.end(self.qualified(name))
                stack.pop()
                self.scopes.pop()
                self.at = end + 1
            else:
                if seen_root and not stack:
                    self.fail("junk after document element", at, 9)
                name, empty = self.start_tag()
                seen_root = True
                if empty:
                    self.target.end(self.qualified(name))
                    self.scopes.pop()
                else:
                    stack.append(name)
        if stack or not seen_root:
            self.fail("no element found", n, 3)

    def name(self):
        text = self.text
        start = self.at
        while self.at < len(text) and text[self.at] not in _SPACE + "/>=<\"'&":
            self.at += 1
        if start == self.at or not (text[start].isalpha() or text[start] in "_:"):
            self.fail("not well-formed (invalid token)", start)
        return text[start:self.at]

    def space(self):
        start = self.at
        while self.at < len(self.text) and self.text[self.at] in _SPACE:
            self.at += 1
        return self.at > start

    def start_tag(self):
        text = self.text
        begin = self.at
        self.at += 1
        if self.at == len(text):
            self.fail("unclosed token", begin, 5)
        name = self.name()
        attributes = []
        while True:
            spaced = self.space()
            c = text[self.at:self.at + 1]
            if not c:
                self.fail("unclosed token", begin, 5)
            if c == ">" or text.startswith("/>", self.at):
                break
            if not spaced:
                self.fail("not well-formed (invalid token)")
            start = self.at
            key = self.name()
            self.space()
            if text[self.at:self.at + 1] != "=":
                self.fail("not well-formed (invalid token)")
            self.at += 1
            self.space()
            quote = text[self.at:self.at + 1]
            if quote not in ("'", '"'):
                self.fail("not well-formed (invalid token)")
            end = text.find(quote, self.at + 1)
            if end < 0:
                self.fail("unclosed token", begin, 5)
            value = text[self.at + 1:end]
            if "<" in value:
                self.fail("not well-formed (invalid token)", self.at + 1 + value.index("<"))
            value = self.unescape(value.replace("\n", " ").replace("\t", " "), self.at + 1)
            if [1 for k, _ in attributes if k == key]:
                self.fail("duplicate attribute", start, 8)
            attributes.append((key, value))
            self.at = end + 1
        scope = self.scopes[-1]
        plain = []
        for key, value in attributes:
            if (key == "xmlns" or key[:6] == "xmlns:") and not self.raw:
                if scope is self.scopes[-1]:
                    scope = dict(scope)
                scope[key[6:]] = value
                if self.on_namespace:
                    self.on_namespace(key[6:], value)
            else:
                plain.append((key, value))
        self.scopes.append(scope)
        attrib = {}
        for key, value in plain:
            attrib[self.qualified(key, True)] = value
        self.target.start(self.qualified(name), attrib)
        empty = text[self.at] == "/"
        self.at += 2 if empty else 1
        return name, empty


def _decode(data):
    if isinstance(data, str):
        return data
    data = bytes(data)
    if data[:3] == b"\xef\xbb\xbf":
        return data[3:].decode("utf-8")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16")
    m = re.match(rb"<\?xml[^>]*encoding=[\"']([A-Za-z0-9._-]+)", data)
    return data.decode(m.group(1).decode("ascii") if m else "utf-8")


class XMLParser:
    def __init__(self, *, target=None, encoding=None):
        self.target = TreeBuilder() if target is None else target
        self._parts = []
        self.entity = {}
        self.version = "Expat 2.5.0"

    def feed(self, data):
        self._parts.append(data)

    def close(self):
        parts = self._parts
        text = "".join(parts) if not parts or isinstance(parts[0], str) else _decode(b"".join(parts))
        _Reader(text, self.target).run()
        if hasattr(self.target, "close"):
            return self.target.close()

    def flush(self):
        pass


class _Events:
    # A target that notes what happens, for iterparse.
    def __init__(self, events):
        self._builder = TreeBuilder()
        self._wanted = events
        self.events = []

    def start(self, tag, attrs):
        e = self._builder.start(tag, attrs)
        if "start" in self._wanted:
            self.events.append(("start", e))

    def end(self, tag):
        e = self._builder.end(tag)
        if "end" in self._wanted:
            self.events.append(("end", e))

    def data(self, data):
        self._builder.data(data)

    def namespace(self, prefix, uri):
        if "start-ns" in self._wanted:
            self.events.append(("start-ns", (prefix, uri)))

    def close(self):
        return self._builder.close()


class iterparse:
    def __init__(self, source, events=None, parser=None):
        target = _Events(("end",) if events is None else tuple(events))
        _Reader(_decode(_read(source)), target, target.namespace).run()
        self.root = target.close()
        self._events = iter(target.events)

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._events)


class XMLPullParser:
    def __init__(self, events=None, *, _parser=None):
        self._target = _Events(("end",) if events is None else tuple(events))
        self._parts = []

    def feed(self, data):
        self._parts.append(_decode(data))

    def close(self):
        _Reader("".join(self._parts), self._target, self._target.namespace).run()

    def read_events(self):
        events, self._target.events = self._target.events, []
        return iter(events)


def XML(text, parser=None):
    parser = XMLParser() if parser is None else parser
    parser.feed(text)
    return parser.close()


fromstring = XML


def fromstringlist(sequence, parser=None):
    parser = XMLParser() if parser is None else parser
    for text in sequence:
        parser.feed(text)
    return parser.close()


def XMLID(text, parser=None):
    tree = XML(text, parser)
    return tree, {e.get("id"): e for e in tree.iter() if e.get("id")}


def _read(source):
    if hasattr(source, "read"):
        return source.read()
    with open(source, "rb") as f:
        return f.read()


class ElementTree:
    def __init__(self, element=None, file=None):
        self._root = element
        if file:
            self.parse(file)

    def getroot(self):
        return self._root

    def _setroot(self, element):
        self._root = element

    def parse(self, source, parser=None):
        self._root = XML(_read(source), parser)
        return self._root

    def iter(self, tag=None):
        return self._root.iter(tag)

    def _path(self, path):
        return "." + path if path[:1] == "/" else path

    def find(self, path, namespaces=None):
        return self._root.find(self._path(path), namespaces)

    def findtext(self, path, default=None, namespaces=None):
        return self._root.findtext(self._path(path), default, namespaces)

    def findall(self, path, namespaces=None):
        return self._root.findall(self._path(path), namespaces)

    def iterfind(self, path, namespaces=None):
        return self._root.iterfind(self._path(path), namespaces)

    def write(self, file_or_filename, encoding=None, xml_declaration=None, default_namespace=None, method=None, *,
              short_empty_elements=True):
        text = tostring(self._root, encoding or "us-ascii", method, xml_declaration=xml_declaration,
                        default_namespace=default_namespace, short_empty_elements=short_empty_elements)
        if hasattr(file_or_filename, "write"):
            file_or_filename.write(text)
        else:
            with open(file_or_filename, "w" if isinstance(text, str) else "wb") as f:
                f.write(text)


def parse(source, parser=None):
    tree = ElementTree()
    tree.parse(source, parser)
    return tree


_prefixes = {"http://www.w3.org/XML/1998/namespace": "xml", "http://www.w3.org/1999/xhtml": "html",
             "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf", "http://schemas.xmlsoap.org/wsdl/": "wsdl",
             "http://www.w3.org/2001/XMLSchema": "xs", "http://www.w3.org/2001/XMLSchema-instance": "xsi",
             "http://purl.org/dc/elements/1.1/": "dc"}


def register_namespace(prefix, uri):
    if re.match(r"ns\d+$", prefix):
        raise ValueError("Prefix format reserved for internal use")
    for key, value in list(_prefixes.items()):
        if key == uri or value == prefix:
            del _prefixes[key]
    _prefixes[uri] = prefix


def _names(root, default):
    # Qualified names as they are written, and the namespaces to declare.
    names, spaces = {None: None}, {}
    if default:
        spaces[default] = ""

    def add(name):
        name = name.text if isinstance(name, QName) else name
        if not isinstance(name, str):
            raise TypeError("cannot serialize %r (type %s)" % (name, type(name).__name__))
        if name in names:
            return
        if name[:1] == "{":
            uri, tag = name[1:].rsplit("}", 1)
            prefix = spaces.get(uri)
            if prefix is None:
                prefix = _prefixes.get(uri)
                if prefix is None:
                    prefix = "ns%d" % len(spaces)
                if prefix != "xml":
                    spaces[uri] = prefix
            names[name] = "%s:%s" % (prefix, tag) if prefix else tag
        else:
            if default:
                raise ValueError("cannot use non-qualified names with default_namespace option")
            names[name] = name

    for e in root.iter():
        if e.tag is not Comment and e.tag is not ProcessingInstruction and e.tag is not None:
            add(e.tag)
        for key, value in e.items():
            add(key)
            if isinstance(value, QName):
                add(value)
        if isinstance(e.text, QName):
            add(e.text)
    return names, spaces


def _text(text):
    if not isinstance(text, str):
        raise TypeError("cannot serialize %r (type %s)" % (text, type(text).__name__))
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _attribute(text):
    return _text(text).replace('"', "&quot;").replace("\r", "&#13;").replace("\n", "&#10;").replace("\t", "&#09;")


_VOID = ("area", "base", "basefont", "br", "col", "embed", "frame", "hr", "img", "input", "isindex", "link", "meta",
         "param", "source", "track", "wbr")


def _write(out, e, names, spaces, short, html):
    tag = e.tag
    if tag is Comment:
        out.append("<!--%s-->" % e.text)
    elif tag is ProcessingInstruction:
        out.append("<?%s?>" % e.text)
    elif tag is None:
        if e.text:
            out.append(_text(e.text))
        for child in e:
            _write(out, child, names, None, short, html)
    else:
        tag = names[tag.text if isinstance(tag, QName) else tag]
        out.append("<" + tag)
        if spaces:
            for uri, prefix in sorted(spaces.items(), key=lambda item: item[1]):
                out.append(' xmlns%s="%s"' % (":" + prefix if prefix else "", _attribute(uri)))
        for key, value in e.items():
            key = names[key.text if isinstance(key, QName) else key]
            out.append(' %s="%s"' % (key, names[value.text] if isinstance(value, QName) else _attribute(value)))
        if html:
            out.append(">")
            low = tag.lower()
            if e.text:
                out.append(e.text if low in ("script", "style") else _text(e.text))
            for child in e:
                _write(out, child, names, None, short, html)
            if low not in _VOID:
                out.append("</%s>" % tag)
        elif e.text or len(e) or not short:
            out.append(">")
            if e.text:
                out.append(names[e.text.text] if isinstance(e.text, QName) else _text(e.text))
            for child in e:
                _write(out, child, names, None, short, html)
            out.append("</%s>" % tag)
        else:
            out.append(" />")
    if e.tail:
        out.append(_text(e.tail))


def tostring(element, encoding=None, method=None, *, xml_declaration=None, default_namespace=None,
             short_empty_elements=True):
    encoding = encoding or "us-ascii"
    unicode = encoding.lower() == "unicode"
    if method == "text":
        out = ["".join(element.itertext()) + (element.tail or "")]
    elif method in (None, "xml", "html"):
        names, spaces = _names(element, default_namespace)
        out = []
        declared = "utf-8" if unicode else encoding
        if xml_declaration or xml_declaration is None and method != "html" and not unicode and \
                encoding.lower() not in ("utf-8", "us-ascii"):
            out.append("<?xml version='1.0' encoding='%s'?>\n" % declared)
        _write(out, element, names, spaces, short_empty_elements, method == "html")
    else:
        raise ValueError("unknown method %r" % method)
    text = "".join(out)
    return text if unicode else text.encode(encoding, "xmlcharrefreplace")


def tostringlist(element, encoding=None, method=None, **options):
    return [tostring(element, encoding, method, **options)]


def dump(elem):
    if not isinstance(elem, ElementTree):
        elem = ElementTree(elem)
    text = tostring(elem.getroot(), "unicode")
    print(text, end="" if text[-1:] == "\n" else "\n")


def indent(tree, space="  ", level=0):
    if isinstance(tree, ElementTree):
        tree = tree.getroot()
    if level < 0:
        raise ValueError("Initial indentation level must be >= 0, got %d" % level)
    if not len(tree):
        return

    def walk(e, level):
        inner = "\n" + space * (level + 1)
        if not e.text or not e.text.strip():
            e.text = inner
        for child in e:
            if len(child):
                walk(child, level + 1)
            if not child.tail or not child.tail.strip():
                child.tail = inner
        if not child.tail.strip():
            child.tail = "\n" + space * level

    walk(tree, level)


def canonicalize(*args, **keywords):
    raise NotImplementedError("canonical XML is left out of the sandbox")
