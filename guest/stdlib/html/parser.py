# A forgiving parser of HTML: calls a method for each piece of markup, and never fails.

from html import unescape

__all__ = ["HTMLParser"]
_SPACE = " \t\n\r\f"


class HTMLParser:
    CDATA_CONTENT_ELEMENTS = ("script", "style")

    def __init__(self, *, convert_charrefs=True):
        self.convert_charrefs = convert_charrefs
        self.reset()

    def reset(self):
        self.rawdata = ""
        self.lasttag = "???"
        self.cdata_elem = None
        self._line, self._column = 1, 0
        self._start_text = None

    def feed(self, data):
        self.rawdata += data
        self._go(False)

    def close(self):
        self._go(True)

    def getpos(self):
        return self._line, self._column

    def get_starttag_text(self):
        return self._start_text

    def set_cdata_mode(self, elem):
        self.cdata_elem = elem.lower()

    def clear_cdata_mode(self):
        self.cdata_elem = None

    def _move(self, i, j):
        if i >= j:
            return j
        n = self.rawdata.count("\n", i, j)
        if n:
            self._line += n
            self._column = j - self.rawdata.rindex("\n", i, j) - 1
        else:
            self._column += j - i
        return j

    def _data(self, text):
        if text:
            self.handle_data(unescape(text) if self.convert_charrefs and not self.cdata_elem else text)

    def _go(self, end):
        raw = self.rawdata
        i, n = 0, len(raw)
        while i < n:
            if self.cdata_elem:
                j = self._cdata_end(raw, i)
                if j < 0:
                    if end:
                        self._data(raw[i:])
                        i = self._move(i, n)
                    break
            elif self.convert_charrefs:
                j = raw.find("<", i)
                if j < 0:
                    amp = raw.rfind("&", max(i, n - 34))
                    if amp >= 0 and not end and not [1 for c in raw[amp:] if c in _SPACE + ";"]:
                        break  # a reference that may go on
                    j = n
            else:
                j = min([k for k in (raw.find("<", i), raw.find("&", i)) if k >= 0] or [n])
            if i < j:
                self._data(raw[i:j])
            i = self._move(i, j)
            if i == n:
                break
            if raw[i] == "<":
                k = self._markup(raw, i, end)
                if k < 0:
                    if not end:
                        break
                    k = raw.find(">", i + 1)
                    if k < 0:
                        k = raw.find("<", i + 1)
                        if k < 0:
                            k = i + 1
                    else:
                        k += 1
                    self._data(raw[i:k])
            else:
                k = self._reference(raw, i, end)
                if k < 0:
                    break
            i = self._move(i, k)
        self.rawdata = raw[i:]

    def _cdata_end(self, raw, i):
        low = raw.lower()
        want = "</" + self.cdata_elem
        while True:
            j = low.find(want, i)
            if j < 0 or raw[j + len(want):j + len(want) + 1] in tuple(_SPACE + "/>"):
                return j
            i = j + 1

    def _markup(self, raw, i, end):
        after = raw[i + 1:i + 2]
        if after.isalpha() and after.isascii():
            return self._start_tag(raw, i)
        if after == "/":
            return self._end_tag(raw, i)
        if raw.startswith("<!--", i):
            j = raw.find("-->", i + 4)
            if j < 0:
                return -1
            self.handle_comment(raw[i + 4:j])
            return j + 3
        if after == "?":
            j = raw.find(">", i + 2)
            if j < 0:
                return -1
            self.handle_pi(raw[i + 2:j])
            return j + 1
        if after == "!":
            if raw.startswith("<![", i):
                j = raw.find("]]>" if raw.startswith("<![CDATA[", i) else "]>", i + 3)
                if j < 0:
                    return -1
                self.unknown_decl(raw[i + 3:j])
                return j + (3 if raw[j:j + 3] == "]]>" else 2)
            j = raw.find(">", i + 2)
            if j < 0:
                return -1
            if raw[i + 2:i + 9].lower() == "doctype":
                self.handle_decl(raw[i + 2:j])
            else:
                self.handle_comment(raw[i + 2:j])
            return j + 1
        if i + 1 < len(raw) or end:
            self._data("<")
            return i + 1
        return -1

    def _start_tag(self, raw, i):
        n = len(raw)
        j = i + 1
        while j < n and raw[j] not in _SPACE + "/>":
            j += 1
        tag = raw[i + 1:j].lower()
        attrs = []
        closed = False
        while True:
            while j < n and (raw[j] in _SPACE or raw[j] == "/"):
                closed = raw[j] == "/"
                j += 1
            if j >= n:
                return -1
            if raw[j] == ">":
                j += 1
                break
            closed = False
            start = j
            j += 1
            while j < n and raw[j] not in _SPACE + "/>=":
                j += 1
            name = raw[start:j].lower()
            k = j
            while k < n and raw[k] in _SPACE:
                k += 1
            value = None
            if k < n and raw[k] == "=":
                j = k + 1
                while j < n and raw[j] in _SPACE:
                    j += 1
                if j >= n:
                    return -1
                if raw[j] in "\"'":
                    k = raw.find(raw[j], j + 1)
                    if k < 0:
                        return -1
                    value = raw[j + 1:k]
                    j = k + 1
                else:
                    start = j
                    while j < n and raw[j] not in _SPACE + ">":
                        j += 1
                    value = raw[start:j]
                    if value[-1:] == "/" and raw[j:j + 1] == ">":
                        closed = False
                value = unescape(value)
            attrs.append((name, value))
        self._start_text = raw[i:j]
        self.lasttag = tag
        if closed:
            self.handle_startendtag(tag, attrs)
        else:
            self.handle_starttag(tag, attrs)
            if tag in self.CDATA_CONTENT_ELEMENTS:
                self.set_cdata_mode(tag)
        return j

    def _end_tag(self, raw, i):
        j = raw.find(">", i + 2)
        if j < 0:
            return -1
        c = raw[i + 2:i + 3]
        if not (c.isalpha() and c.isascii()):
            if raw[i:i + 3] != "</>":
                self.handle_comment(raw[i + 2:j])
            return j + 1
        k = i + 2
        while raw[k] not in _SPACE + "/>":
            k += 1
        tag = raw[i + 2:k].lower()
        if self.cdata_elem is not None and tag != self.cdata_elem:
            self._data(raw[i:j + 1])
            return j + 1
        self.clear_cdata_mode()
        self.handle_endtag(tag)
        return j + 1

    def _reference(self, raw, i, end):
        n = len(raw)
        j = i + 1
        if raw[j:j + 1] == "#":
            j += 1
            while j < n and raw[j].isalnum():
                j += 1
            name = raw[i + 2:j]
            digits = name[1:] if name[:1] in ("x", "X") else name
            if digits and (j < n or end):
                self.handle_charref(name)
                return j + 1 if raw[j:j + 1] == ";" else j
        else:
            while j < n and raw[j].isalnum():
                j += 1
            if j > i + 1 and (j < n or end):
                self.handle_entityref(raw[i + 1:j])
                return j + 1 if raw[j:j + 1] == ";" else j
        if j >= n and not end:
            return -1
        self.handle_data("&")
        return i + 1

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_starttag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        pass

    def handle_charref(self, name):
        pass

    def handle_entityref(self, name):
        pass

    def handle_data(self, data):
        pass

    def handle_comment(self, data):
        pass

    def handle_decl(self, decl):
        pass

    def handle_pi(self, data):
        pass

    def unknown_decl(self, data):
        pass
