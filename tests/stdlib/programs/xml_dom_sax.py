# xml.dom.minidom, xml.sax and its utilities.

import io
import xml.etree.ElementTree as ET
import xml.sax
from xml.dom import minidom
from xml.parsers.expat import ExpatError
from xml.sax.saxutils import XMLGenerator, escape, quoteattr, unescape

root = ET.Element("root", version="1")
ET.SubElement(root, "item", id="a").text = "x & y"
ET.SubElement(ET.SubElement(root, "group"), "empty")
print(minidom.parseString(ET.tostring(root)).toprettyxml(indent="  "))
document = minidom.parseString('<a x="1" n:y="2" xmlns:n="urn:n"><b>t"q</b><!-- c --><b/>tail<?pi data?></a>')
top = document.documentElement
print(top.tagName, [node.nodeName for node in top.childNodes], [node.nodeType for node in top.childNodes])
print(top.getAttribute("x"), top.getAttribute("n:y"), top.getAttribute("z") == "", top.attributes.items(), len(top.attributes))
print(document.getElementsByTagName("b")[0].firstChild.data, top.firstChild.nextSibling.data, top.lastChild.target)
print(document.toxml(), document.toxml(encoding="utf-8"), sep="\n")
new = document.createElement("new")
new.setAttribute("k", 'v"<')
new.appendChild(document.createTextNode("a<b"))
top.insertBefore(new, top.firstChild)
top.removeChild(top.childNodes[1])
print(new.parentNode is top, new.hasAttribute("k"), top.toxml())
copy = top.cloneNode(True)
top.replaceChild(document.createComment("gone"), new)
print(copy.toxml() != top.toxml(), repr(copy.childNodes[0])[:17], top.firstChild.toxml())
for bad in ("<a>", "<a></b>", "", "<a/><b/>"):
    try:
        minidom.parseString(bad)
    except ExpatError as e:
        print(e)


class Handler(xml.sax.ContentHandler):
    def startDocument(self):
        print("begin")

    def startElement(self, name, attrs):
        print("start", name, dict(attrs.items()), attrs.get("none", "-"))

    def endElement(self, name):
        print("end", name)

    def characters(self, content):
        print("text", repr(content))


xml.sax.parseString(b'<a k="v">one<b/>two</a>', Handler())
try:
    xml.sax.parseString(b"<a>", xml.sax.ContentHandler())
except xml.sax.SAXParseException as e:
    print(e, e.getLineNumber())
out = io.StringIO()
writer = XMLGenerator(out, "utf-8", short_empty_elements=True)
writer.startDocument()
writer.startElement("a", {"b": "1 & 2"})
writer.characters("x<")
writer.startElement("c", {})
writer.endElement("c")
writer.endElement("a")
print(out.getvalue(), escape("<a&>", {'"': "&quot;"}), unescape("&lt;&amp;"), quoteattr("a\"b'c"))
