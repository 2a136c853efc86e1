"""Message, as the older interface has it, and EmailMessage."""

import base64
import binascii
import re
from . import utils
from .policy import compat32, default

_PARAMETER = re.compile(r';\s*([^\s=;]+)\s*(?:=\s*("(?:[^"\\]|\\.)*"|[^;]*))?')
_SPECIAL = re.compile(r'[ \(\)<>@,;:\\"/\[\]\?=]')


def _parameters(value):
    """[(name, value)] of a header like Content-Type, the first its main part; RFC 2231's forms put together."""
    main, _, _ = value.partition(";")
    found = [(main.strip(), "")]
    pieces = {}
    for name, text in _PARAMETER.findall(value[len(main):]):
        text = text.strip()
        base, star, rest = name.partition("*")
        if not star:
            found.append((name, utils.unquote(text)))
            continue
        encoded = rest.endswith("*") or rest == ""
        number = rest.rstrip("*")
        if base not in pieces:
            pieces[base] = []
            found.append((base, pieces[base]))
        pieces[base].append((int(number) if number.isdigit() else 0, encoded, utils.unquote(text)))
    for i, (name, value) in enumerate(found):
        if isinstance(value, list):
            from urllib.parse import unquote_to_bytes
            charset, language, data = None, None, b""
            for k, (_, encoded, text) in enumerate(sorted(value)):
                if encoded and k == 0 and text.count("'") >= 2:
                    charset, language, text = text.split("'", 2)
                data += unquote_to_bytes(text) if encoded else text.encode()
            text = data.decode(charset or "utf-8", "replace")
            found[i] = (name, (charset, language, text) if charset is not None else text)
    return found


def _format_parameter(name, value=None):
    if not value:
        return name
    if isinstance(value, tuple):
        return "%s*=%s" % (name, utils.encode_rfc2231(value[2], value[0], value[1]))
    if not value.isascii():
        return "%s*=%s" % (name, utils.encode_rfc2231(value, "utf-8", ""))
    return '%s="%s"' % (name, utils.quote(value))


class _Header(str):
    """A header's text, with what its kind says more."""

    def __new__(cls, name, value):
        self = str.__new__(cls, value)
        self.name = name
        self.defects = ()
        return self

    @property
    def addresses(self):
        from .headerregistry import Address
        return tuple([Address(name, addr_spec=address) for name, address in utils.getaddresses([str(self)])])

    @property
    def groups(self):
        from .headerregistry import Group
        return tuple([Group(None, [address]) for address in self.addresses])

    @property
    def datetime(self):
        return utils.parsedate_to_datetime(str(self))

    @property
    def params(self):
        return {name.lower(): value[2] if isinstance(value, tuple) else value for name, value in _parameters(str(self))[1:]}

    @property
    def content_type(self):
        return str(self).partition(";")[0].strip().lower()

    @property
    def maintype(self):
        return self.content_type.partition("/")[0]

    @property
    def subtype(self):
        return self.content_type.partition("/")[2]

    @property
    def content_disposition(self):
        return self.content_type


class Message:
    def __init__(self, policy=compat32):
        self.policy = policy
        self._headers = []
        self._unixfrom = None
        self._payload = None
        self._charset = None
        self.preamble = self.epilogue = None
        self.defects = []
        self._default_type = "text/plain"

    def __str__(self):
        return self.as_string()

    def as_string(self, unixfrom=False, maxheaderlen=0, policy=None):
        from .generator import flatten
        return flatten(self, unixfrom, policy or self.policy, bool(maxheaderlen))

    def as_bytes(self, unixfrom=False, policy=None):
        from .generator import flatten
        return flatten(self, unixfrom, policy or self.policy).encode("ascii", "surrogateescape")

    __bytes__ = as_bytes

    def is_multipart(self):
        return isinstance(self._payload, list)

    def set_unixfrom(self, unixfrom):
        self._unixfrom = unixfrom

    def get_unixfrom(self):
        return self._unixfrom

    # What it holds.

    def attach(self, payload):
        if self._payload is None:
            self._payload = [payload]
        elif isinstance(self._payload, list):
            self._payload.append(payload)
        else:
            raise TypeError("Attach is not valid on a message with a non-multipart payload")

    def get_payload(self, i=None, decode=False):
        if self.is_multipart():
            if decode:
                return None
            return self._payload if i is None else self._payload[i]
        if i is not None:
            raise TypeError("Expected list, got %s" % type(self._payload))
        payload = self._payload
        if not decode:
            if isinstance(payload, str) and utils.has_bytes(payload):
                data = payload.encode("ascii", "surrogateescape")
                try:
                    return data.decode(self.get_content_charset("ascii"), "replace")
                except LookupError:
                    return data.decode("ascii", "replace")
            return payload
        encoding = str(self.get("content-transfer-encoding", "")).lower()
        if isinstance(payload, str):
            if payload.isascii() or utils.has_bytes(payload):
                data = payload.encode("ascii", "surrogateescape")
            else:
                data = payload.encode("utf-8")
        else:
            data = payload or b""
        if encoding == "quoted-printable":
            return binascii.a2b_qp(data)
        if encoding == "base64":
            try:
                return base64.b64decode(b"".join(data.split()) + b"==")
            except binascii.Error:
                return data
        if encoding in ("x-uuencode", "uuencode", "uue", "x-uue"):
            return b"".join([binascii.a2b_uu(line) for line in data.splitlines()[1:-1]])
        return data if isinstance(payload, str) else payload

    def set_payload(self, payload, charset=None):
        if isinstance(payload, bytes):
            payload = payload.decode("ascii", "surrogateescape")
        self._payload = payload
        if charset is not None:
            self.set_charset(charset)

    def set_charset(self, charset):
        if charset is None:
            self.del_param("charset")
            self._charset = None
            return
        charset = self._charset = str(charset).lower()
        if "MIME-Version" not in self:
            self["MIME-Version"] = "1.0"
        if "Content-Type" not in self:
            self.add_header("Content-Type", "text/plain", charset=charset)
        else:
            self.set_param("charset", charset)
        if "Content-Transfer-Encoding" not in self:
            if charset in ("us-ascii", "ascii"):
                self["Content-Transfer-Encoding"] = "7bit"
            elif charset == "utf-8":
                self._payload = base64.encodebytes((self._payload or "").encode("utf-8", "surrogateescape")).decode()
                self["Content-Transfer-Encoding"] = "base64"
            else:
                self._payload = binascii.b2a_qp((self._payload or "").encode(charset)).decode()
                self["Content-Transfer-Encoding"] = "quoted-printable"

    def get_charset(self):
        return self._charset

    # Headers, in their order, by names without case.

    def _fetch(self, name, value):
        if not self.policy.modern:
            return value
        from .header import decoded
        return _Header(name, decoded(re.sub(r"\r?\n", "", str(value))))

    def __len__(self):
        return len(self._headers)

    def __getitem__(self, name):
        return self.get(name)

    def __setitem__(self, name, val):
        if self.policy.modern:
            if name.lower() in _ONCE and name in self:
                raise ValueError("There may be at most 1 %s headers in a message" % name)
            if isinstance(val, str) and ("\n" in val or "\r" in val):
                raise ValueError("Header values may not contain linefeed or carriage return characters")
            if hasattr(val, "strftime"):
                val = utils.format_datetime(val)
            elif isinstance(val, (list, tuple)):
                val = ", ".join([str(item) for item in val])
            val = str(val)
        self._headers.append((name, val))

    def __delitem__(self, name):
        name = name.lower()
        self._headers = [item for item in self._headers if item[0].lower() != name]

    def __contains__(self, name):
        name = name.lower()
        return any(key.lower() == name for key, _ in self._headers)

    def __iter__(self):
        return iter(self.keys())

    def keys(self):
        return [name for name, _ in self._headers]

    def values(self):
        return [self._fetch(name, value) for name, value in self._headers]

    def items(self):
        return [(name, self._fetch(name, value)) for name, value in self._headers]

    def raw_items(self):
        return iter(self._headers[:])

    def set_raw(self, name, value):
        self._headers.append((name, value))

    def get(self, name, failobj=None):
        lower = name.lower()
        for key, value in self._headers:
            if key.lower() == lower:
                return self._fetch(key, value)
        return failobj

    def get_all(self, name, failobj=None):
        lower = name.lower()
        return [self._fetch(key, value) for key, value in self._headers if key.lower() == lower] or failobj

    def add_header(self, _name, _value, **_params):
        parts = [] if _value is None else [_value]
        for name, value in _params.items():
            parts.append(name.replace("_", "-") if value is None else _format_parameter(name.replace("_", "-"), value))
        self[_name] = "; ".join(parts)

    def replace_header(self, _name, _value):
        lower = _name.lower()
        for i, (name, _) in enumerate(self._headers):
            if name.lower() == lower:
                self._headers[i] = (name, _value)
                return
        raise KeyError(_name)

    # The type of what it holds.

    def get_content_type(self):
        value = self.get("content-type")
        if value is None:
            return self._default_type
        kind = str(value).partition(";")[0].strip().lower()
        return kind if kind.count("/") == 1 else "text/plain"

    def get_content_maintype(self):
        return self.get_content_type().partition("/")[0]

    def get_content_subtype(self):
        return self.get_content_type().partition("/")[2]

    def get_default_type(self):
        return self._default_type

    def set_default_type(self, ctype):
        self._default_type = ctype

    def get_params(self, failobj=None, header="content-type", unquote=True):
        value = self.get(header)
        return failobj if value is None else _parameters(str(value))

    def get_param(self, param, failobj=None, header="content-type", unquote=True):
        for name, value in (self.get_params(None, header) or [])[0 if param.count("/") else 1:]:
            if name.lower() == param.lower():
                return value
        return failobj

    def set_param(self, param, value, header="Content-Type", requote=True, charset=None, language="", replace=False):
        if charset:
            value = (charset, language, value)
        old = self.get(header)
        if old is None:
            parts = [("text/plain", "")] if header.lower() == "content-type" else [("", "")]
        else:
            parts = _parameters(str(old))
        new, done = [], False
        for name, text in parts[1:]:
            if name.lower() == param.lower():
                text, done = value, True
            new.append((name, text))
        if not done:
            new.append((param, value))
        text = "; ".join([part for part in [parts[0][0]] + [_format_parameter(*item) for item in new] if part])
        if text == old:
            return
        if old is not None and replace:
            self.replace_header(header, text)
        else:
            del self[header]
            self[header] = text

    def del_param(self, param, header="content-type", requote=True):
        if header in self:
            parts = [item for item in _parameters(str(self.get(header))) if item[0].lower() != param.lower()]
            self.replace_header(header, "; ".join([parts[0][0]] + [_format_parameter(*item) for item in parts[1:]]))

    def set_type(self, type, header="Content-Type", requote=True):
        if type.count("/") != 1:
            raise ValueError
        parts = _parameters(str(self.get(header, "")))[1:]
        if header.lower() == "content-type":
            del self["mime-version"]
            self["MIME-Version"] = "1.0"
        del self[header]
        self[header] = "; ".join([type] + [_format_parameter(*item) for item in parts])

    def get_filename(self, failobj=None):
        name = self.get_param("filename", None, "content-disposition")
        if name is None:
            name = self.get_param("name", None, "content-type")
        return failobj if name is None else utils.collapse_rfc2231_value(name).strip() if isinstance(name, str) else name[2]

    def get_boundary(self, failobj=None):
        boundary = self.get_param("boundary")
        return failobj if boundary is None else boundary.rstrip() if isinstance(boundary, str) else boundary[2]

    def set_boundary(self, boundary):
        if "content-type" not in self:
            from .errors import HeaderParseError
            raise HeaderParseError("No Content-Type header found")
        self.set_param("boundary", boundary, replace=True)

    def get_content_charset(self, failobj=None):
        charset = self.get_param("charset")
        return failobj if charset is None else (charset if isinstance(charset, str) else charset[2]).lower()

    def get_charsets(self, failobj=None):
        return [part.get_content_charset(failobj) for part in self.walk()]

    def get_content_disposition(self):
        value = self.get("content-disposition")
        return None if value is None else str(value).partition(";")[0].strip().lower()

    def walk(self):
        yield self
        if self.is_multipart():
            for part in self._payload:
                yield from part.walk()


# Headers that a message of the newer interface has once.
_ONCE = frozenset("date from sender reply-to to cc bcc message-id in-reply-to references subject mime-version content-type "
                  "content-transfer-encoding content-disposition".split())


class MIMEPart(Message):
    def __init__(self, policy=default):
        super().__init__(policy)

    def as_string(self, unixfrom=False, maxheaderlen=None, policy=None):
        return super().as_string(unixfrom, policy=policy)

    def __str__(self):
        return self.as_string()

    def is_attachment(self):
        return self.get_content_disposition() == "attachment"

    def _bodies(self, part, preferred):
        if part.is_attachment():
            return
        main, _, sub = part.get_content_type().partition("/")
        if main == "text":
            if sub in preferred:
                yield preferred.index(sub), part
            return
        if main != "multipart" or not part.is_multipart():
            return
        if sub != "related":
            for child in part._payload:
                yield from self._bodies(child, preferred)
            return
        if "related" in preferred:
            yield preferred.index("related"), part
        start = part.get_param("start")
        candidates = [child for child in part._payload if start and child["content-id"] == start] or part._payload[:1]
        for child in candidates:
            yield from self._bodies(child, preferred)

    def get_body(self, preferencelist=("related", "html", "plain")):
        best, body = len(preferencelist), None
        for rank, part in self._bodies(self, preferencelist):
            if rank < best:
                best, body = rank, part
        return body

    def iter_attachments(self):
        main, _, sub = self.get_content_type().partition("/")
        if main != "multipart" or sub == "alternative" or not self.is_multipart():
            return
        parts = self._payload[:]
        if sub == "related":
            yield from parts[1:]
            return
        seen = []
        for part in parts:
            kind = part.get_content_type()
            if not part.is_attachment() and kind in ("text/plain", "text/html", "multipart/related", "multipart/alternative") \
                    and kind.rpartition("/")[2] not in seen:
                seen.append(kind.rpartition("/")[2])
                continue
            yield part

    def iter_parts(self):
        return iter(self._payload if self.is_multipart() else [])

    # Content.

    def get_content(self, *args, errors="replace", **kwargs):
        main = self.get_content_maintype()
        if main == "text":
            data = self.get_payload(decode=True)
            return data.decode(self.get_content_charset("ascii"), errors)
        if main == "message":
            return self.get_payload(0) if self.is_multipart() else self.get_payload()
        if main == "multipart":
            raise KeyError(self.get_content_type())
        return self.get_payload(decode=True)

    def clear(self):
        self._headers = []
        self._payload = None

    def clear_content(self):
        self._headers = [item for item in self._headers if not item[0].lower().startswith("content-")]
        self._payload = None

    def set_content(self, msg, *args, **kwargs):
        if self.get_content_maintype() == "multipart":
            raise TypeError("set_content not valid on multipart")
        self.clear_content()
        if isinstance(msg, str):
            self._set_text(msg, *args, **kwargs)
        elif isinstance(msg, (bytes, bytearray, memoryview)):
            self._set_bytes(bytes(msg), *args, **kwargs)
        elif isinstance(msg, Message):
            self["Content-Type"] = "message/" + kwargs.pop("subtype", "rfc822")
            self._payload = [msg]
            self._finish("8bit", **kwargs)
        else:
            raise KeyError("%s.%s" % (type(msg).__module__, type(msg).__qualname__))

    def _set_text(self, text, subtype="plain", charset="utf-8", cte=None, **kwargs):
        self["Content-Type"] = 'text/%s; charset="%s"' % (subtype, charset)
        lines = text.encode(charset).splitlines()
        text = "".join([line.decode(charset) + "\n" for line in lines])
        data = text.encode(charset)
        longest = max([len(line) for line in lines], default=0)
        if cte is None:
            if data.isascii():
                cte = "7bit" if longest <= 78 else "quoted-printable"
            elif self.policy.cte_type == "8bit" and longest <= 78:
                cte = "8bit"
            if cte != "7bit" and cte != "quoted-printable" and (cte is None or charset):
                sample = b"\n".join(lines[:10])
                quoted, coded = binascii.b2a_qp(sample, istext=True), binascii.b2a_base64(sample)
                if cte is None:
                    cte = "quoted-printable" if len(quoted) <= len(coded) else "base64"
        if cte == "base64":
            self._payload = base64.encodebytes(data).decode()
        elif cte == "quoted-printable":
            self._payload = binascii.b2a_qp(data).decode()
        elif cte == "8bit":
            self._payload = data.decode("ascii", "surrogateescape")
        else:
            self._payload = data.decode("ascii")
        self._finish(cte, **kwargs)

    def _set_bytes(self, data, maintype, subtype, cte="base64", **kwargs):
        self["Content-Type"] = "%s/%s" % (maintype, subtype)
        if cte == "base64":
            self._payload = base64.encodebytes(data).decode()
        elif cte == "quoted-printable":
            self._payload = binascii.b2a_qp(data, istext=False, header=False, quotetabs=True).decode()
        else:
            self._payload = data.decode("ascii", "surrogateescape")
        self._finish(cte, **kwargs)

    def _finish(self, cte, disposition=None, filename=None, cid=None, params=None, headers=None):
        self["Content-Transfer-Encoding"] = cte
        if disposition is None and filename is not None:
            disposition = "attachment"
        if disposition is not None:
            self["Content-Disposition"] = disposition
        if filename is not None:
            self.set_param("filename", filename, header="Content-Disposition", replace=True)
        if cid is not None:
            self["Content-ID"] = cid
        for name, value in (params or {}).items():
            self.set_param(name, value)
        for header in headers or ():
            name, _, value = header.partition(":")
            self[name] = value.strip()

    def _make(self, subtype, refused, boundary):
        if self.get_content_maintype() == "multipart":
            old = self.get_content_subtype()
            if old in refused:
                raise ValueError("Cannot convert %s to %s" % (old, subtype))
        kept = [item for item in self._headers if not item[0].lower().startswith("content-")]
        moved = [item for item in self._headers if item[0].lower().startswith("content-")]
        if moved:
            part = MIMEPart(policy=self.policy)
            part._headers = moved
            part._payload = self._payload
            self._payload = [part]
        else:
            self._payload = []
        self._headers = kept
        self["Content-Type"] = "multipart/" + subtype
        if boundary is not None:
            self.set_param("boundary", boundary)

    def make_related(self, boundary=None):
        self._make("related", ("alternative", "mixed"), boundary)

    def make_alternative(self, boundary=None):
        self._make("alternative", ("mixed",), boundary)

    def make_mixed(self, boundary=None):
        self._make("mixed", (), boundary)

    def _add(self, subtype, disposition, args, kwargs):
        if self.get_content_maintype() != "multipart" or self.get_content_subtype() != subtype:
            getattr(self, "make_" + subtype)()
        part = type(self)(policy=self.policy)
        part.set_content(*args, **kwargs)
        if disposition and "content-disposition" not in part:
            part["Content-Disposition"] = disposition
        self.attach(part)

    def add_related(self, *args, **kwargs):
        self._add("related", "inline", args, kwargs)

    def add_alternative(self, *args, **kwargs):
        self._add("alternative", None, args, kwargs)

    def add_attachment(self, *args, **kwargs):
        self._add("mixed", "attachment", args, kwargs)


class EmailMessage(MIMEPart):
    def set_content(self, *args, **kwargs):
        super().set_content(*args, **kwargs)
        if "MIME-Version" not in self:
            self["MIME-Version"] = "1.0"
