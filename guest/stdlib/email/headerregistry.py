"""Addresses as objects."""

from . import utils


class Address:
    def __init__(self, display_name="", username="", domain="", addr_spec=None):
        for part in (display_name, username, domain, addr_spec or ""):
            if "\r" in part or "\n" in part:
                raise ValueError("invalid arguments; address parts cannot contain CR or LF")
        if addr_spec is not None:
            if username or domain:
                raise TypeError("addrspec specified when username and/or domain also specified")
            username, _, domain = addr_spec.rpartition("@") if "@" in addr_spec else (addr_spec, "", "")
        self.display_name, self.username, self.domain = display_name, username, domain

    @property
    def addr_spec(self):
        name = self.username
        if set(name) & set('()<>@,:;"[] \\'):
            name = '"%s"' % utils.quote(name)
        return name + "@" + self.domain if self.domain else name or "<>"

    def __repr__(self):
        return "%s(display_name=%r, username=%r, domain=%r)" % (type(self).__name__, self.display_name, self.username, self.domain)

    def __str__(self):
        name = self.display_name
        if set(name) & set('()<>@,:;".[]\\'):
            name = '"%s"' % utils.quote(name)
        if name:
            spec = "" if self.addr_spec == "<>" else self.addr_spec
            return "%s <%s>" % (name, spec)
        return self.addr_spec

    def __eq__(self, other):
        if not isinstance(other, Address):
            return NotImplemented
        return (self.display_name, self.username, self.domain) == (other.display_name, other.username, other.domain)


class Group:
    def __init__(self, display_name=None, addresses=None):
        self.display_name = display_name
        self.addresses = tuple(addresses or ())

    def __repr__(self):
        return "%s(display_name=%r, addresses=%r" % (type(self).__name__, self.display_name, self.addresses)

    def __str__(self):
        if self.display_name is None and len(self.addresses) == 1:
            return str(self.addresses[0])
        return "%s: %s;" % (self.display_name, ", ".join(map(str, self.addresses)))
