# email: messages read, built and written by both interfaces; headers, addresses, dates.
import email, email.policy, email.utils
from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.mime.base import MIMEBase
from email.mime.application import MIMEApplication
from email import encoders, policy
from email.header import decode_header, make_header, Header

text = """From: Ann Example <ann@example.com>
To: "Bob, Jr." <bob@example.com>, carol@example.com
Subject: =?utf-8?q?Caf=C3=A9?= and =?utf-8?b?8J+YgA==?=
Date: Tue, 05 Mar 2024 10:20:30 +0200
X-Long: one
 two
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="XX"

preamble
--XX
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

Caf=C3=A9 =
long
--XX
Content-Type: text/html

<p>Hi</p>
--XX
Content-Type: application/octet-stream; name="a.bin"
Content-Disposition: attachment; filename="a b.bin"
Content-Transfer-Encoding: base64

AAECAw==
--XX--
epilogue
"""
for p in (None, policy.default):
    m = email.message_from_string(text, policy=p) if p else email.message_from_string(text)
    print(type(m).__name__, m["subject"], repr(m["to"]), repr(m["X-Long"]), m["nothing"], m.get("a", 5), len(m), m.keys())
    print(m.is_multipart(), m.get_content_type(), m.get_boundary(), m.preamble, m.epilogue, m.get_params())
    for part in m.walk():
        print(part.get_content_type(), part.get_filename(), part.get_content_charset(), part.get_content_disposition(), part.is_multipart(), repr(part.get_payload(decode=True)))
    print(m.as_string() == text, len(m.get_payload()), "from" in m, m.get_all("to"), m.defects)
    if p:
        print(m["from"].addresses, m["date"].datetime, m.get_body(("plain",)).get_content(), [a.get_filename() for a in m.iter_attachments()], m.get_body().get_content_type())
        print([a.get_content() for a in m.iter_attachments()], m["to"].addresses[0].display_name, m["to"].addresses[1].addr_spec)
print(decode_header("=?iso-8859-1?q?p=F6stal?= x =?utf-8?b?w6k=?="), str(make_header(decode_header("=?utf-8?q?h=C3=A9?= there"))), Header("caf\u00e9", "utf-8").encode())
print(email.utils.parseaddr("Ann <a@b>"), email.utils.formataddr(("Ann, B", "a@b")), email.utils.formataddr(("\u00c9", "a@b")), email.utils.getaddresses(["A <a@b>, c@d", "E (x) <e@f>"]))
print(email.utils.parsedate_tz("Tue, 05 Mar 2024 10:20:30 -0500"), email.utils.parsedate_to_datetime("5 Mar 2024 10:20 GMT"), email.utils.formatdate(0), email.utils.formatdate(0, usegmt=True))
m = EmailMessage()
m["Subject"] = "Hello"
m["From"] = "a@example.com"
m["To"] = "b@example.com, c@example.com"
m.set_content("Hello\nworld\n")
print(m.as_string())
print(m.get_content(), m.get_content_type(), m.get_content_charset(), m.items())
m.add_alternative("<p>Hello</p>", subtype="html")
m.add_attachment(b"\x00\x01data", maintype="application", subtype="octet-stream", filename="x.bin")
m.add_attachment("text", filename="y.txt")
m.set_boundary("BBB"); m.get_payload(0).set_boundary("CCC")
print(m.as_string())
print([p.get_content_type() for p in m.walk()], m.get_body(("html",)).get_content(), [a.get_filename() for a in m.iter_attachments()])
m = EmailMessage()
m["Subject"] = "Caf\u00e9 time"
m.set_content("Gr\u00fc\u00dfe und mehr\n")
print(m.as_string())
print(email.message_from_string(m.as_string(), policy=policy.default).get_content(), email.message_from_bytes(m.as_bytes())["subject"])
for f in (lambda: m.__setitem__("Subject", "again"), lambda: m.__setitem__("X", "a\nb"), lambda: m.set_content(5)):
    try: print(f())
    except (ValueError, KeyError) as e: print(type(e).__name__, e)
m = MIMEMultipart("alternative", boundary="ZZ")
m["Subject"] = "Old style"
m.attach(MIMEText("plain"))
m.attach(MIMEText("h\u00e9", "html", "utf-8"))
part = MIMEBase("application", "pdf"); part.set_payload(b"%PDF"); encoders.encode_base64(part); part.add_header("Content-Disposition", "attachment", filename="f.pdf"); m.attach(part)
m.attach(MIMEApplication(b"abc", Name="q"))
print(m.as_string())
del m["subject"]; m.replace_header("MIME-Version", "2"); m.set_param("x", "y z"); print(m.items(), m.get_param("x"), m.get_filename("none"))
m = email.message_from_string("Subject: x\n\nbody\nFrom me\n"); print(m.as_string(), m.get_payload(), str(m) == m.as_string())
m = email.message_from_string("broken\nSubject: x\n\nbody"); print(m.items(), repr(m.get_payload()), m.defects)
