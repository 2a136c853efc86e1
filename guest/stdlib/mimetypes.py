"""Types of files by their names."""

__all__ = ["knownfiles", "inited", "MimeTypes", "guess_type", "guess_all_extensions", "guess_extension", "add_type", "init",
           "read_mime_types", "suffix_map", "encodings_map", "types_map", "common_types"]
knownfiles = []
inited = True
suffix_map = {".svgz": ".svg.gz", ".tgz": ".tar.gz", ".taz": ".tar.gz", ".tz": ".tar.gz", ".tbz2": ".tar.bz2", ".txz": ".tar.xz"}
encodings_map = {".gz": "gzip", ".Z": "compress", ".bz2": "bzip2", ".xz": "xz", ".br": "br"}
types_map = {}
for _line in """application/epub+zip epub;application/gzip gz;application/javascript;application/json json;application/manifest+json webmanifest
application/msword doc dot wiz;application/n-quads nq;application/n-triples nt;application/octet-stream bin a dll exe o obj so
application/oda oda;application/pdf pdf;application/pkcs7-mime p7c;application/postscript ps ai eps;application/trig trig
application/vnd.apple.mpegurl m3u m3u8;application/vnd.ms-excel xls xlb;application/vnd.ms-powerpoint ppt pot ppa pps pwz
application/wasm wasm;application/x-bcpio bcpio;application/x-cpio cpio;application/x-csh csh;application/x-dvi dvi
application/x-gtar gtar;application/x-hdf hdf;application/x-hdf5 h5;application/x-latex latex;application/x-mif mif
application/x-netcdf cdf nc;application/x-pkcs12 p12 pfx;application/x-pn-realaudio ram;application/x-python-code pyc pyo
application/x-sh sh;application/x-shar shar;application/x-shockwave-flash swf;application/x-tar tar;application/x-tcl tcl
application/x-tex tex;application/x-texinfo texi texinfo;application/x-troff roff t tr;application/x-troff-man man
application/xml xsl rdf wsdl xpdl;application/zip zip;audio/3gpp 3gp;audio/aac aac adts;audio/basic au snd;audio/mpeg mp3 mp2
audio/opus opus;audio/x-aiff aif aifc aiff;audio/x-wav wav;image/bmp bmp;image/gif gif;image/ief ief;image/jpeg jpg jpe jpeg
image/heic heic;image/heif heif;image/png png;image/svg+xml svg;image/tiff tiff tif;image/vnd.microsoft.icon ico
image/x-portable-pixmap ppm;image/x-rgb rgb;image/x-xbitmap xbm;image/x-xpixmap xpm;message/rfc822 eml mht mhtml nws
text/css css;text/csv csv;text/html html htm;text/n3 n3;text/plain txt bat c h ksh pl srt;text/javascript js mjs;text/richtext rtx
text/tab-separated-values tsv;text/vtt vtt;text/x-python py;text/x-rst rst;text/x-setext etx;text/x-sgml sgm sgml;text/x-vcard vcf
text/xml xml;video/mp4 mp4;video/mpeg mpeg m1v mpa mpe mpg;video/quicktime mov qt;video/webm webm;video/x-msvideo avi
video/x-sgi-movie movie""".replace("\n", ";").split(";"):
    _type, *_names = _line.split()
    for _name in _names:
        types_map["." + _name] = _type
common_types = {".rtf": "application/rtf", ".webp": "image/webp", ".pict": "image/pict", ".pic": "image/pict", ".pct": "image/pict",
                ".mid": "audio/midi", ".midi": "audio/midi", ".jpg": "image/jpg", ".xul": "text/xul"}


class MimeTypes:
    def __init__(self, filenames=(), strict=True):
        self.encodings_map = encodings_map.copy()
        self.suffix_map = suffix_map.copy()
        self.types_map = (common_types.copy(), types_map.copy())

    def add_type(self, type, ext, strict=True):
        self.types_map[strict][ext] = type

    def guess_type(self, url, strict=True):
        import os
        import posixpath
        from urllib.parse import urlparse
        url = os.fspath(url)
        parts = urlparse(url)
        if parts.scheme == "data":
            kind = parts.path.partition(",")[0].partition(";")[0]
            return (kind if "/" in kind else "text/plain"), None
        path = url.partition(":")[2] if parts.scheme else url
        base, ext = posixpath.splitext(path)
        while ext.lower() in self.suffix_map:
            base, ext = posixpath.splitext(base + self.suffix_map[ext.lower()])
        encoding = self.encodings_map.get(ext)
        if encoding:
            ext = posixpath.splitext(base)[1]
        ext = ext.lower()
        kind = self.types_map[True].get(ext)
        if kind is None and not strict:
            kind = self.types_map[False].get(ext)
        return kind, encoding

    def guess_all_extensions(self, type, strict=True):
        type = type.lower()
        found = [ext for ext, kind in self.types_map[True].items() if kind == type]
        if not strict:
            found += [ext for ext, kind in self.types_map[False].items() if kind == type and ext not in found]
        return found

    def guess_extension(self, type, strict=True):
        found = self.guess_all_extensions(type, strict)
        return found[0] if found else None


_all = MimeTypes()
guess_type, guess_all_extensions, guess_extension, add_type = (
    _all.guess_type, _all.guess_all_extensions, _all.guess_extension, _all.add_type)
types_map, common_types = _all.types_map[True], _all.types_map[False]


def init(files=None):
    pass


def read_mime_types(file):
    return None
