# Modules of a few functions: http, cookies, mimetypes, optparse, cmd, stat, gettext, glob, quopri, uu, encodings, errno.

import cmd
import errno
import gettext
import glob
import http.client
import http.cookies
import io
import mimetypes
import optparse
import quopri
import stat
import uu
from encodings import normalize_encoding
from http import HTTPMethod, HTTPStatus

print(HTTPStatus.OK, repr(HTTPStatus.NOT_FOUND), HTTPStatus(404).phrase, HTTPStatus(503).description, HTTPStatus.OK == 200,
      len(HTTPStatus), http.client.responses[201], HTTPMethod.GET, repr(HTTPMethod.POST))
cookie = http.cookies.SimpleCookie("a=1; b=\"x y\"")
cookie["k"] = "v w"
cookie["k"]["path"] = "/"
cookie["k"]["max-age"] = 5
cookie["k"]["httponly"] = True
print(cookie, {name: morsel.value for name, morsel in cookie.items()}, cookie["k"].OutputString(), sep="\n")
for key in ("bad key", "path"):
    try:
        cookie[key] = "x"
    except http.cookies.CookieError as e:
        print(e)
for name in ("a.html", "x.tar.gz", "http://host/y.json?q", "none", "A.PNG", "s.svgz", "data:text/csv,x"):
    print(name, mimetypes.guess_type(name))
print(mimetypes.guess_extension("image/png"), mimetypes.guess_all_extensions("text/plain")[0])

parser = optparse.OptionParser(usage="%prog [options] FILE", version="%prog 1.0", prog="tool", description="Does things.")
parser.add_option("-f", "--file", dest="filename", help="write to FILE", metavar="FILE", default="out")
parser.add_option("-q", "--quiet", action="store_false", dest="verbose", default=True)
parser.add_option("-n", type="int", default=3, help="how many [default: %default]")
parser.add_option("-c", "--choice", type="choice", choices=["a", "b"])
group = optparse.OptionGroup(parser, "Group", "More of them.")
group.add_option("--tag", action="append")
parser.add_option_group(group)
for argv in (["-f", "x", "-q", "pos", "--tag=1", "--tag", "2", "-n5"], ["--fil=y", "--", "-q"], ["-c", "a"]):
    options, args = parser.parse_args(argv)
    print(vars(options), args)
print(parser.format_help(), parser.get_version())


class Shell(cmd.Cmd):
    prompt = "> "
    intro = "hello"

    def do_greet(self, arg):
        "greet NAME"
        print("hi", arg)

    def do_quit(self, arg):
        return True

    def default(self, line):
        print("unknown", line)


shell = Shell()
shell.cmdqueue = ["greet bob", "nonsense", "", "help greet", "help", "?quit", "quit"]
shell.cmdloop()
print(shell.parseline("!ls"), shell.parseline("a b c"), shell.completenames("g"))
print(stat.filemode(0o100644), stat.filemode(0o41777), stat.S_ISDIR(0o40755), oct(stat.S_IMODE(0o104755)), errno.errorcode[32],
      errno.EWOULDBLOCK == errno.EAGAIN, gettext.ngettext("a", "b", 2), glob.escape("a*[b]?"), normalize_encoding("UTF 8-x"))
print(quopri.encodestring(b"a=\xe9"), quopri.decodestring(b"a=3D"))
out = io.BytesIO()
uu.encode(io.BytesIO(b"some data"), out, "name", 0o644)
print(out.getvalue())
